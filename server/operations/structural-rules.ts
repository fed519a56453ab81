import {
  type ASTVisitor,
  type DirectiveNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
import { limits } from "./limits.ts";

/** How large a part of a document is, its fragments expanded. */
interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields at its own level. */
  readonly fields: number;
}

const nothing: Measure = { depth: 0, aliases: 0, directives: 0, fields: 0 };

/**
 * What an operation may not exceed, whoever sends it: validated documents are kept by their text, so nothing here depends on
 * the caller or on variables.
 */
export const structuralRules: ValidationRule[] = [structuralLimits];

function structuralLimits(context: ValidationContext): ASTVisitor {
  const document = new DocumentMeasure(context);
  return {
    OperationDefinition(operation) {
      for (const message of excesses(document.of(operation), operation)) {
        context.reportError(new GraphQLError(message, { nodes: operation }));
      }
      return false;
    },
    FragmentDefinition: () => false, // measured where it is spread
  };
}

function excesses({ depth, aliases, directives, fields }: Measure, { operation }: OperationDefinitionNode): string[] {
  const { maxDepth, maxAliases, maxDirectives, maxRootMutations } = limits;
  const isMutation = operation === OperationTypeNode.MUTATION;
  return [
    ...(depth > maxDepth ? [`Fields are nested ${depth} levels deep; ${maxDepth} are allowed.`] : []),
    ...(aliases > maxAliases ? [`The operation has ${aliases} aliases; ${maxAliases} are allowed.`] : []),
    ...(directives > maxDirectives
      ? [`The operation has ${directives} directives; ${maxDirectives} are allowed.`]
      : []),
    ...(isMutation && fields > maxRootMutations
      ? [`The operation has ${fields} mutations; ${maxRootMutations} are allowed.`]
      : []),
  ];
}

/** Measures each fragment once: expanding them one by one would take exponential time, which strangers could choose. */
class DocumentMeasure {
  readonly #context: ValidationContext;
  readonly #fragments = new Map<string, Measure>();

  constructor(context: ValidationContext) {
    this.#context = context;
  }

  of({ directives, variableDefinitions = [], selectionSet }: OperationDefinitionNode): Measure {
    const inVariables = variableDefinitions.reduce((sum, variable) => sum + counted(variable.directives), 0);
    return withDirectives(this.#ofAll(selectionSet), counted(directives) + inVariables);
  }

  #ofAll({ selections }: SelectionSetNode): Measure {
    return selections.map((selection) => this.#ofOne(selection)).reduce(together, nothing);
  }

  #ofOne(selection: SelectionNode): Measure {
    const directives = counted(selection.directives);
    switch (selection.kind) {
      case Kind.FIELD: {
        const { name, alias, selectionSet } = selection;
        const inner = selectionSet === undefined ? nothing : this.#ofAll(selectionSet);
        const isIntrospection = name.value.startsWith("__");
        return {
          depth: isIntrospection ? 0 : inner.depth + 1,
          aliases: inner.aliases + (alias === undefined ? 0 : 1),
          directives: inner.directives + directives,
          fields: 1,
        };
      }
      case Kind.INLINE_FRAGMENT:
        return withDirectives(this.#ofAll(selection.selectionSet), directives);
      case Kind.FRAGMENT_SPREAD:
        return withDirectives(this.#ofFragment(selection.name.value), directives);
    }
  }

  #ofFragment(name: string): Measure {
    const known = this.#fragments.get(name);
    if (known !== undefined) return known;
    this.#fragments.set(name, nothing); // one that spreads itself is refused by another rule
    const fragment = this.#context.getFragment(name);
    if (fragment == null) return nothing;
    const measure = withDirectives(this.#ofAll(fragment.selectionSet), counted(fragment.directives));
    this.#fragments.set(name, measure);
    return measure;
  }
}

function together(one: Measure, other: Measure): Measure {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: one.aliases + other.aliases,
    directives: one.directives + other.directives,
    fields: one.fields + other.fields,
  };
}

function withDirectives(measure: Measure, directives: number): Measure {
  return directives === 0 ? measure : { ...measure, directives: measure.directives + directives };
}

/** A mutation may have a key on each of its fields. */
function counted(directives: readonly DirectiveNode[] = []): number {
  return directives.filter(({ name }) => name.value !== "idempotent").length;
}
