import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SourceLocation,
  visit,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import { leafSerializers } from "./leaf-serializers.ts";

export interface ExecutionRequest {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  /** As the caller sent them: graphql-js coerces them itself. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Those variables as coerceVariables returned them, if it was called already. */
  readonly coerced?: Readonly<Record<string, unknown>>;
  readonly rootValue?: unknown;
  readonly context: object;
}

type Compiled = CompiledQuery | "interpret";

// Compiled operations take memory, and again strangers choose them.
const defaultMaxCompiled = 1_000;

/**
 * Executes prepared operations (their variables are checked) with graphql-jit, and with graphql-js what can't be compiled.
 * Whoever caches documents hands in the same one again; the operations used last stay compiled.
 */
export class Executor {
  readonly #schema: GraphQLSchema;
  readonly #schemaOfCoerced: GraphQLSchema;
  readonly #serializers: ReturnType<typeof leafSerializers>;
  readonly #usedOnce = new WeakSet<OperationDefinitionNode>();
  readonly #compiled: LRUCache<OperationDefinitionNode, Compiled>;
  /** What an operation that is executed now takes for now. */
  readonly now: () => Date;

  constructor(schema: GraphQLSchema, { maxCompiled = defaultMaxCompiled, clock = () => new Date() } = {}) {
    this.#schema = schema;
    this.now = clock;
    this.#serializers = leafSerializers(schema);
    this.#compiled = new LRUCache({ max: maxCompiled });
    this.#schemaOfCoerced = Object.create(schema, {
      getType: { value: (name: string) => (name === coercedType.name ? coercedType : schema.getType(name)) },
    }) as GraphQLSchema;
  }

  /** How many operations are kept compiled. */
  get compiledOperations(): number {
    return this.#compiled.size;
  }

  execute(request: ExecutionRequest): ExecutionResult | Promise<ExecutionResult> {
    const { document, operationName, variables, rootValue, context } = request;
    const operation = getOperationAST(document, operationName);
    if (operation == null)
      return { errors: [badInput("Unknown or ambiguous operation.", "OPERATION_RESOLUTION_FAILURE")] };
    const compiled = this.#compiledOf(document, operation);
    if (compiled === "interpret") {
      return execute({
        schema: this.#schema,
        document,
        operationName,
        variableValues: variables,
        rootValue,
        contextValue: context,
      });
    }
    const coerced = request.coerced ?? coerceVariables(this.#schema, operation, variables);
    if (coerced instanceof GraphQLError) return { errors: [coerced] };
    const result = compiled.query(rootValue, context, coerced);
    return result instanceof Promise
      ? result.then((answer) => withRealErrors(answer, document))
      : withRealErrors(result, document);
  }

  #compiledOf(document: DocumentNode, operation: OperationDefinitionNode): Compiled {
    const known = this.#compiled.get(operation);
    if (known !== undefined) return known;
    // Compiling costs milliseconds, and strangers choose documents: only one that comes back is compiled.
    if (!this.#usedOnce.has(operation)) {
      this.#usedOnce.add(operation);
      return "interpret";
    }
    const compiled = this.#compile(document, operation.name?.value);
    this.#compiled.set(operation, compiled);
    return compiled;
  }

  #compile(document: DocumentNode, operationName: string | undefined): Compiled {
    try {
      const compiled = compileQuery(this.#schemaOfCoerced, withCoercedVariables(document), operationName, {
        customSerializers: this.#serializers,
      });
      return isCompiledQuery(compiled) ? compiled : "interpret";
    } catch {
      return "interpret"; // graphql-js knows all of GraphQL; the compiler doesn't
    }
  }
}

/**
 * The compiler would write out the parsing of each variable's type: for a recursive filter that blocks the process for
 * half a minute. So graphql-js coerces the variables, and the compiled operation takes them as they are.
 */
const coercedType = new GraphQLScalarType({ name: "Coerced__", parseValue: (value) => value });

function withCoercedVariables(document: DocumentNode): DocumentNode {
  return visit(document, {
    VariableDefinition: ({ kind, variable }) => ({
      kind,
      variable,
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: coercedType.name } },
    }),
  });
}

/** The variables as resolvers get them, or the first thing that is wrong with them, without suggestions from the schema. */
export function coerceVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | GraphQLError {
  const { coerced, errors } = getVariableValues(schema, variableDefinitions, variables, { maxErrors: 1 });
  const [first] = errors ?? [];
  return first === undefined ? (coerced ?? {}) : badInput(withoutSuggestions(first.message), "BAD_USER_INPUT", first);
}

function withoutSuggestions(message: string): string {
  return message.replace(/ Did you mean .*\?$/, "");
}

function badInput(message: string, code: string, from?: GraphQLError): GraphQLError {
  return new GraphQLError(message, {
    ...(from?.nodes === undefined ? {} : { nodes: from.nodes }),
    extensions: { code },
  });
}

/** graphql-jit makes errors of its own class without nodes; masking and formatting need graphql's. */
function withRealErrors(result: ExecutionResult, document: DocumentNode): ExecutionResult {
  if (result.errors === undefined) return result;
  const source = document.loc?.source;
  const errors = result.errors.map(({ message, path, locations, originalError }) => {
    const positions =
      source === undefined ? [] : (locations ?? []).map((location) => positionOf(location, source.body));
    return new GraphQLError(message, {
      ...(path === undefined ? {} : { path }),
      ...(source === undefined || positions.length === 0 ? {} : { source, positions }),
      // graphql-jit leaves it out where the schema itself was broken (null for a non-null field)
      originalError: originalError ?? new Error(message),
    });
  });
  return { ...result, errors };
}

/** Where a line and a column are in a text: graphql's error wants to count them itself. */
function positionOf({ line, column }: SourceLocation, text: string): number {
  const lineBreaks = text.matchAll(/\r\n|[\n\r]/g);
  let start = 0;
  for (let before = 1; before < line; before += 1) {
    const next = lineBreaks.next();
    if (next.done === true) break;
    start = next.value.index + next.value[0].length;
  }
  return start + column - 1;
}
