import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from "graphql";
import { type GeneratedOperation, generateOperations, type GenerateOptions } from "../generated-operations.ts";
import { Random } from "../torture/random.ts";
import { breakText, breakVariables } from "./breakage.ts";
import { type Known, literal, Values } from "./values.ts";

export type Kind = GenerateOptions["kind"];

export interface FuzzOperation {
  readonly kind: Kind;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** They hash passwords, a tenth of a second each: enough of them come, but not a third of all mutations. */
const expensiveFields = new Set(["signIn", "signUp", "acceptInvite"]);

/** Makes operations of a schema: the same start value and number, the same operation. */
export class FuzzOperations {
  readonly #schema: GraphQLSchema;
  readonly #seed: number;
  readonly #known: Known;
  readonly #completed: Partial<Record<Kind, GeneratedOperation[]>> = {};

  constructor(schema: GraphQLSchema, seed: number, known: Known) {
    this.#schema = schema;
    this.#seed = seed;
    this.#known = known;
  }

  at(index: number): FuzzOperation {
    const random = new Random(Math.imul(this.#seed, 31) + index);
    const kind: Kind = random.pick(["query", "query", "query", "query", "mutation", "mutation", "subscription"]);
    const made = random.next() < 0.2 ? this.#complete(kind, random) : this.#written(kind, random);
    return {
      kind,
      query: random.next() < 0.15 ? breakText(random, made.query) : made.query,
      variables: random.next() < 0.1 ? breakVariables(random, made.variables) : made.variables,
      ...(random.next() < 0.02 ? { operationName: random.pick(["", "Fuzz", "Nobody", "a b"]) } : {}),
    };
  }

  /** One root field with everything below it. */
  #complete(kind: Kind, random: Random): Pick<GeneratedOperation, "query" | "variables"> {
    return random.pick((this.#completed[kind] ??= this.#generate(kind)));
  }

  #generate(kind: Kind): GeneratedOperation[] {
    const random = new Random(this.#seed);
    const { ids, cursors } = this.#known;
    return [{}, { cursor: random.pick(cursors) }, {}, { cursor: random.pick(cursors) }].flatMap((options) =>
      generateOperations(this.#schema, { kind, id: random.pick(ids), ...options }),
    );
  }

  #written(kind: Kind, random: Random): Pick<FuzzOperation, "query" | "variables"> {
    return new OperationWriter(this.#schema, kind, random, new Values(random, this.#known)).write();
  }
}

/** Writes one operation: root fields, selections, arguments as literals or variables, fragments, aliases, directives. */
class OperationWriter {
  readonly #schema: GraphQLSchema;
  readonly #kind: Kind;
  readonly #random: Random;
  readonly #values: Values;
  readonly #definitions: string[] = [];
  readonly #fragments: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  #fieldsLeft: number;
  #names = 0;

  constructor(schema: GraphQLSchema, kind: Kind, random: Random, values: Values) {
    this.#schema = schema;
    this.#kind = kind;
    this.#random = random;
    this.#values = values;
    this.#fieldsLeft = random.pick([5, 15, 40]);
  }

  write(): Pick<FuzzOperation, "query" | "variables"> {
    const random = this.#random;
    const root = this.#rootType();
    const fields = Object.values(root?.getFields() ?? {}).filter(
      ({ name }) => !expensiveFields.has(name) || random.next() < 0.05,
    );
    const count = this.#kind === "subscription" ? 1 : random.pick([1, 1, 1, 2, 3]);
    const selected = Array.from({ length: count }, () => this.#field(random.pick(fields), 0));
    if (this.#kind === "query" && random.next() < 0.05) selected.push(this.#introspection());
    const name = random.next() < 0.5 ? " Fuzz" : "";
    const definitions = this.#definitions.length === 0 ? "" : ` (${this.#definitions.join(", ")})`;
    const operation = `${this.#kind}${name}${definitions} { ${selected.join(" ")} }`;
    return { query: [operation, ...this.#fragments].join("\n"), variables: this.#variables };
  }

  #rootType(): GraphQLObjectType | null | undefined {
    switch (this.#kind) {
      case "query":
        return this.#schema.getQueryType();
      case "mutation":
        return this.#schema.getMutationType();
      case "subscription":
        return this.#schema.getSubscriptionType();
    }
  }

  #introspection(): string {
    return this.#random.pick([
      "__schema { queryType { name } }",
      "__schema { types { name kind fields(includeDeprecated: true) { name args { name defaultValue } } } }",
      '__type(name: "Lead") { fields { type { name ofType { name } } } }',
      '__type(name: "Nobody") { name }',
    ]);
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.#fieldsLeft -= 1;
    // Without an alias the same field with other arguments would be a conflict.
    const alias = field.args.length > 0 || this.#random.next() < 0.15 ? `${this.#name("a")}: ` : "";
    return `${alias}${field.name}${this.#arguments(field.args)}${this.#directive()}${this.#selection(field, depth)}`;
  }

  #selection(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    return isCompositeType(type) ? ` ${this.#selectionSet(type, depth + 1)}` : "";
  }

  #selectionSet(type: GraphQLNamedType, depth: number): string {
    const random = this.#random;
    const parts = random.next() < 0.3 ? ["__typename"] : [];
    if (isObjectType(type) || isInterfaceType(type))
      parts.push(...this.#fieldsOf(Object.values(type.getFields()), depth));
    if (isAbstractType(type)) {
      const members = this.#schema.getPossibleTypes(type);
      for (let count = random.pick([1, 2]); count > 0 && this.#fieldsLeft > 0; count -= 1) {
        const member = random.pick(members);
        parts.push(this.#fragment(member.name, this.#selectionSet(member, depth)));
      }
    }
    return `{ ${parts.length === 0 ? "__typename" : parts.join(" ")} }`;
  }

  #fieldsOf(fields: readonly GraphQLField<unknown, unknown>[], depth: number): string[] {
    const random = this.#random;
    const chosen: string[] = [];
    for (let count = random.pick([1, 2, 3, 6]); count > 0 && this.#fieldsLeft > 0; count -= 1) {
      const field = random.pick(fields);
      if (depth > 7 && isCompositeType(getNamedType(field.type))) continue;
      chosen.push(this.#field(field, depth));
    }
    return chosen;
  }

  #fragment(type: string, selection: string): string {
    if (this.#random.next() < 0.7) return `... on ${type}${this.#directive()} ${selection}`;
    const name = this.#name("F");
    this.#fragments.push(`fragment ${name} on ${type} ${selection}`);
    return `...${name}`;
  }

  #directive(): string {
    const random = this.#random;
    if (random.next() > 0.04) return "";
    const condition =
      random.next() < 0.5 ? String(random.next() < 0.5) : this.#variable("Boolean!", random.next() < 0.5);
    return ` @${random.pick(["include", "skip"])}(if: ${condition})`;
  }

  #arguments(args: readonly GraphQLArgument[]): string {
    const passed = args.flatMap(({ name, type }) => {
      const value = this.#values.of(type, name);
      if (value === undefined) return [];
      const isLiteral = this.#random.next() < 0.3 && !isNestedJson(value);
      return [`${name}: ${isLiteral ? literal(value) : this.#variable(this.#declared(String(type)), value)}`];
    });
    return passed.length === 0 ? "" : `(${passed.join(", ")})`;
  }

  /** Sometimes stricter than the argument asks for, which is fine, or another type, which isn't. */
  #declared(type: string): string {
    const random = this.#random;
    if (random.next() < 0.01) return random.pick(["String", "Int!", "[ID!]!", "Nobody", "Lead"]);
    return random.next() < 0.05 && !type.endsWith("!") ? `${type}!` : type;
  }

  #variable(type: string, value: unknown): string {
    const name = this.#name("v");
    this.#definitions.push(`$${name}: ${type}`);
    this.#variables[name] = value;
    return `$${name}`;
  }

  #name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }
}

/** JSON's keys are no GraphQL names. */
function isNestedJson(value: unknown): boolean {
  return /"[^"]*[^\w"][^"]*":|"":|"\d/.test(JSON.stringify(value) ?? "");
}
