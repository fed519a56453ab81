import { createHash } from "node:crypto";
import {
  type DefinitionNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
} from "graphql";

/** A plugin of GraphQL Code Generator: the texts of all operations by their ids, for servers to trust. */
export function plugin(
  _schema: unknown,
  files: readonly { readonly document?: { readonly definitions: readonly DefinitionNode[] } }[],
): string {
  const definitions = files.flatMap(({ document }) => document?.definitions ?? []);
  const fragments = new Map(definitions.filter(isFragment).map((fragment) => [fragment.name.value, fragment]));
  const texts = definitions.filter(isOperation).map((operation) => manifestText(withFragments(operation, fragments)));
  const byId = texts.map((text) => [`sha256:${hashOf(text)}`, text] as const);
  return `${JSON.stringify(Object.fromEntries(byId.toSorted(([, one], [, other]) => (one < other ? -1 : 1))), null, 2)}\n`;
}

/** What a generated document knows of itself: the hash in its id. The same property as of Code Generator's client preset. */
export function documentMeta({ definitions }: { readonly definitions: readonly DefinitionNode[] }): { hash: string } {
  return { hash: hashOf(manifestText(definitions)) };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** One text, in whatever order the fragments come. */
function manifestText(definitions: readonly DefinitionNode[]): string {
  const fragments = definitions
    .filter(isFragment)
    .toSorted((one, other) => (one.name.value < other.name.value ? -1 : 1));
  return [...definitions.filter(isOperation), ...fragments].map(print).join("\n\n");
}

function withFragments(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DefinitionNode[] {
  const used = new Set<FragmentDefinitionNode>();
  const collect = (definition: DefinitionNode): void => {
    visit(definition, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || used.has(fragment)) return;
        used.add(fragment);
        collect(fragment);
      },
    });
  };
  collect(operation);
  return [operation, ...used];
}

function isFragment(definition: DefinitionNode): definition is FragmentDefinitionNode {
  return definition.kind === Kind.FRAGMENT_DEFINITION;
}

function isOperation(definition: DefinitionNode): definition is OperationDefinitionNode {
  return definition.kind === Kind.OPERATION_DEFINITION;
}
