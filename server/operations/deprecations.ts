import {
  type DocumentNode,
  getNamedType,
  getNullableType,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  separateOperations,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { readDeprecationReason } from "./deprecation-reason.ts";
import type { Principal } from "./principal.ts";

/** Something deprecated that an operation uses, as `extensions.deprecations` tells it. */
export interface DeprecatedMember {
  /** `Type.field`, `Type.field(argument:)` or `Enum.VALUE`. */
  readonly coordinate: string;
  readonly reason: string;
  /** The day from which on it may be gone. */
  readonly removal: string | null;
}

/** Told of each operation that uses something deprecated. It must not take the operation's time. */
export interface DeprecationCounter {
  count(principal: Principal, members: readonly DeprecatedMember[]): void;
}

type Found = ReadonlySet<DeprecatedMember>;

interface OperationFindings {
  /** What stands in the document. */
  readonly members: Found;
  /** Variables whose values may name something deprecated. */
  readonly variables: readonly { readonly name: string; readonly type: GraphQLInputType }[];
}

const none: readonly DeprecatedMember[] = [];

/** Finds what is deprecated in operations: in the document once, in the values of variables each time. */
export class Deprecations {
  readonly #schema: GraphQLSchema;
  readonly #members: ReadonlyMap<string, DeprecatedMember>;
  readonly #findings = new WeakMap<OperationDefinitionNode, OperationFindings>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    this.#members = new Map(deprecatedMembers(schema).map((member) => [member.coordinate, member]));
  }

  /** The member of that coordinate; undefined when it isn't deprecated, or is gone. */
  get(coordinate: string): DeprecatedMember | undefined {
    return this.#members.get(coordinate);
  }

  /** What a valid operation uses of it. */
  of(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): readonly DeprecatedMember[] {
    if (this.#members.size === 0) return none;
    let findings = this.#findings.get(operation);
    if (findings === undefined) {
      findings = this.#find(document, operation);
      this.#findings.set(operation, findings);
    }
    if (findings.variables.length === 0) return [...findings.members];
    const found = new Set(findings.members);
    for (const { name, type } of findings.variables) this.#addValue(variables[name], type, found);
    return [...found];
  }

  #find(document: DocumentNode, operation: OperationDefinitionNode): OperationFindings {
    const members = new Set<DeprecatedMember>();
    const add = (coordinate: string) => this.#add(coordinate, members);
    const types = new TypeInfo(this.#schema);
    const own = separateOperations(document)[operation.name?.value ?? ""] ?? document;
    visit(
      own,
      visitWithTypeInfo(types, {
        Field: ({ name }) => add(`${types.getParentType()?.name}.${name.value}`),
        // TypeInfo has entered the field that the argument belongs to, or a directive.
        Argument: ({ name }) => add(`${types.getParentType()?.name}.${types.getFieldDef()?.name}(${name.value}:)`),
        ObjectField: ({ name }) => add(`${String(getNamedType(types.getParentInputType()))}.${name.value}`),
        EnumValue: ({ value }) => add(`${String(getNamedType(types.getInputType()))}.${value}`),
      }),
    );
    const variables = (operation.variableDefinitions ?? []).flatMap(({ variable, type: node }) => {
      const type = typeFromAST(this.#schema, node) as GraphQLInputType | undefined; // validated
      return type !== undefined && this.#leadsToMembers(type) ? [{ name: variable.name.value, type }] : [];
    });
    return { members, variables };
  }

  #leadsToMembers(type: GraphQLInputType, visited = new Set<string>()): boolean {
    const named = getNamedType(type);
    if (visited.has(named.name)) return false;
    visited.add(named.name);
    if (isEnumType(named)) return named.getValues().some(({ deprecationReason }) => deprecationReason != null);
    if (!isInputObjectType(named)) return false;
    return Object.values(named.getFields()).some(
      (field) => field.deprecationReason != null || this.#leadsToMembers(field.type, visited),
    );
  }

  #addValue(value: unknown, declared: GraphQLInputType, found: Set<DeprecatedMember>): void {
    const type = getNullableType(declared);
    if (value == null) return;
    if (isListType(type)) {
      const item = type.ofType as GraphQLInputType;
      for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) this.#addValue(each, item, found);
    } else if (isEnumType(type)) {
      if (typeof value === "string") this.#add(`${type.name}.${value}`, found);
    } else if (isInputObjectType(type) && typeof value === "object") {
      const fields = type.getFields();
      for (const [name, each] of Object.entries(value)) {
        this.#add(`${type.name}.${name}`, found);
        const field = fields[name];
        if (field !== undefined) this.#addValue(each, field.type, found);
      }
    }
  }

  #add(coordinate: string, found: Set<DeprecatedMember>): void {
    const member = this.#members.get(coordinate);
    if (member !== undefined) found.add(member);
  }
}

function deprecatedMembers(schema: GraphQLSchema): DeprecatedMember[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isEnumType(type)) return type.getValues().flatMap((value) => memberOf(`${type.name}.${value.name}`, value));
    if (isInputObjectType(type)) {
      return Object.values(type.getFields()).flatMap((field) => memberOf(`${type.name}.${field.name}`, field));
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => [
      ...memberOf(`${type.name}.${field.name}`, field),
      ...field.args.flatMap((argument) => memberOf(`${type.name}.${field.name}(${argument.name}:)`, argument)),
    ]);
  });
}

function memberOf(
  coordinate: string,
  { deprecationReason: reason }: { readonly deprecationReason?: string | null | undefined },
): DeprecatedMember[] {
  return reason == null ? [] : [{ coordinate, reason, removal: readDeprecationReason(reason)?.removal ?? null }];
}
