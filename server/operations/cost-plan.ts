import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  GraphQLIncludeDirective,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
} from "graphql";
import { AppError } from "./app-error.ts";
import { isListOfObjects, ownPrice, type Size, sizeByArguments, sizeByDeclaration } from "./cost-rules.ts";

type Variables = Readonly<Record<string, unknown>>;

/** A selected field that is worth something, and what is selected below it. */
export interface PricedField {
  /** The name under which the result has it. */
  readonly key: string;
  /** Its price without what is below it; of a list, without its items. */
  readonly price: number;
  /** Of a list: how many items it counts as. */
  readonly size: Size | undefined;
  /** What one object below it costs: its own price and its fields. */
  readonly below: PricedSelection;
}

/** What is selected of one object. */
export interface PricedSelection {
  /** The object's own price. */
  readonly price: number;
  readonly fields: readonly PricedField[];
  /** Of an interface or a union: what is selected of each possible type; the dearest counts. */
  readonly alternatives: readonly PricedSelection[];
}

const nothing: PricedSelection = { price: 0, fields: [], alternatives: [] };
/** Fragments can make a short document a huge operation; nobody may keep us busy with counting it. */
const maxVisited = 10_000;

/** What an operation selects, with prices. Fields that @skip or @include leave out by these variables aren't in it. */
export function planCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): PricedSelection {
  const root = schema.getRootType(operation.operation);
  if (root == null) return nothing;
  return new Planner(schema, document, operation, variables).selection(root, [operation.selectionSet], undefined, 0);
}

/** A fragment: named or inline. */
interface Conditional {
  readonly typeCondition?: FragmentDefinitionNode["typeCondition"] | undefined;
  readonly selectionSet: SelectionSetNode;
}

class Planner {
  readonly #schema: GraphQLSchema;
  readonly #operation: OperationDefinitionNode;
  readonly #variables: Variables;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  #visited = 0;

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables) {
    this.#schema = schema;
    this.#operation = operation;
    this.#variables = variables;
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  /** `page`: the size of the list whose connection the type is. */
  selection(
    type: GraphQLCompositeType,
    sets: readonly SelectionSetNode[],
    page: Size | undefined,
    price: number,
  ): PricedSelection {
    if (!isAbstractType(type)) return { price, fields: this.#fields(objectType(type), sets, page), alternatives: [] };
    // Types that no fragment names all select the same: one stands for them.
    const named = this.#conditions(sets);
    const possible = this.#schema.getPossibleTypes(type);
    const chosen = possible.filter(({ name }) => named.has(name));
    const other = possible.find(({ name }) => !named.has(name));
    const alternatives = (other === undefined ? chosen : [...chosen, other])
      .map((each) => ({ price: 0, fields: this.#fields(each, sets, page), alternatives: [] }))
      .filter(({ fields }) => fields.length > 0);
    return { price, fields: [], alternatives };
  }

  #fields(type: GraphQLObjectType, sets: readonly SelectionSetNode[], page: Size | undefined): PricedField[] {
    const priced: PricedField[] = [];
    for (const [key, nodes] of this.#collect(type, sets)) {
      const field = this.#field(type, key, nodes, page);
      if (field !== undefined) priced.push(field);
    }
    return priced;
  }

  #field(
    parent: GraphQLObjectType,
    key: string,
    nodes: readonly FieldNode[],
    page: Size | undefined,
  ): PricedField | undefined {
    const [node] = nodes;
    // Introspection is free: its names begin with two underscores, and getFields doesn't list them.
    const field = node === undefined ? undefined : parent.getFields()[node.name.value];
    if (node === undefined || field === undefined) return undefined;
    const isRootMutation = this.#operation.operation === "mutation" && parent === this.#schema.getMutationType();
    const price = ownPrice(field, isRootMutation);
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return price === 0 ? undefined : { key, price, size: undefined, below: nothing };
    const sets = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    const byArguments = sizeByArguments(field, node);
    if (!isListOfObjects(field)) {
      return { key, price, size: undefined, below: this.selection(type, sets, byArguments, 0) };
    }
    const size = byArguments ?? sizeByDeclaration(field, page);
    return { key, price, size, below: this.selection(type, sets, undefined, 1) };
  }

  /** The fields by their names in the result, as graphql-js collects them: through fragments, equal names together. */
  #collect(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    found = new Map<string, FieldNode[]>(),
    seen = new Set<string>(),
  ): Map<string, FieldNode[]> {
    for (const selection of sets.flatMap(({ selections }) => selections)) {
      this.#count();
      if (!this.#isIncluded(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = found.get(key);
        if (nodes === undefined) found.set(key, [selection]);
        else nodes.push(selection);
        continue;
      }
      const fragment = this.#fragmentOf(selection, seen);
      if (fragment !== undefined && this.#applies(type, fragment)) {
        this.#collect(type, [fragment.selectionSet], found, seen);
      }
    }
    return found;
  }

  /** Names of all types that fragments on this level ask for, abstract ones as their possible types. */
  #conditions(sets: readonly SelectionSetNode[], seen = new Set<string>()): Set<string> {
    const names = new Set<string>();
    for (const selection of sets.flatMap(({ selections }) => selections)) {
      if (selection.kind === Kind.FIELD) continue;
      const fragment = this.#fragmentOf(selection, seen);
      if (fragment === undefined) continue;
      const condition = this.#typeOf(fragment);
      if (isObjectType(condition)) names.add(condition.name);
      if (isAbstractType(condition)) for (const { name } of this.#schema.getPossibleTypes(condition)) names.add(name);
      for (const name of this.#conditions([fragment.selectionSet], seen)) names.add(name);
    }
    return names;
  }

  #fragmentOf(selection: Exclude<SelectionNode, FieldNode>, seen: Set<string>) {
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
    const name = selection.name.value;
    if (seen.has(name)) return undefined;
    seen.add(name);
    return this.#fragments.get(name);
  }

  #applies(type: GraphQLObjectType, fragment: Conditional): boolean {
    const condition = this.#typeOf(fragment);
    if (condition === undefined || condition === type) return true;
    return isAbstractType(condition) && this.#schema.isSubType(condition, type);
  }

  #typeOf({ typeCondition }: Conditional) {
    return typeCondition === undefined ? undefined : typeFromAST(this.#schema, typeCondition);
  }

  #isIncluded(selection: SelectionNode): boolean {
    if (selection.directives === undefined || selection.directives.length === 0) return true;
    const skip = getDirectiveValues(GraphQLSkipDirective, selection, this.#variables);
    if (skip?.["if"] === true) return false;
    const include = getDirectiveValues(GraphQLIncludeDirective, selection, this.#variables);
    return include?.["if"] !== false;
  }

  #count(): void {
    this.#visited += 1;
    if (this.#visited > maxVisited) {
      throw new AppError("COST_EXCEEDED", "The operation selects too much to be counted.", {
        details: { requested: null },
      });
    }
  }
}

function objectType(type: GraphQLCompositeType): GraphQLObjectType {
  if (!isObjectType(type)) throw new Error(`${type.name} isn't an object type`);
  return type;
}
