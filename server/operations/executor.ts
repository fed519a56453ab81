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
  type VariableDefinitionNode,
  visit,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";

export interface ExecutionRequest {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  /** As the caller sent them: coerced values would be coerced twice. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly rootValue?: unknown;
  readonly context: object;
}

type Compiled = CompiledQuery | "interpret";

interface OperationState {
  uses: number;
  compiled: Compiled | undefined;
}

// Compiling costs milliseconds, and strangers choose documents: only one that comes back is compiled.
const usesBeforeCompiling = 2;

/**
 * Executes prepared operations (their variables are checked) with graphql-jit, and with graphql-js what can't be compiled. Compiled operations are kept with
 * their document: whoever caches documents (bounded) decides how many there are.
 */
export class Executor {
  readonly #schema: GraphQLSchema;
  readonly #schemaOfCoerced: GraphQLSchema;
  readonly #operations = new WeakMap<DocumentNode, Map<string, OperationState>>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    this.#schemaOfCoerced = Object.create(schema, {
      getType: { value: (name: string) => (name === coercedType.name ? coercedType : schema.getType(name)) },
    }) as GraphQLSchema;
  }

  execute(request: ExecutionRequest): ExecutionResult | Promise<ExecutionResult> {
    const { document, operationName, variables, rootValue, context } = request;
    const operation = getOperationAST(document, operationName);
    if (operation == null)
      return { errors: [badInput("Unknown or ambiguous operation.", "OPERATION_RESOLUTION_FAILURE")] };
    const compiled = this.#compiled(document, operation);
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
    const { coerced, errors } = getVariableValues(this.#schema, operation.variableDefinitions ?? [], variables);
    if (errors !== undefined) return { errors };
    const result = compiled.query(rootValue, context, coerced);
    return result instanceof Promise ? result.then(withRealErrors) : withRealErrors(result);
  }

  #compiled(document: DocumentNode, operation: OperationDefinitionNode): Compiled {
    let operations = this.#operations.get(document);
    if (operations === undefined) {
      operations = new Map();
      this.#operations.set(document, operations);
    }
    const name = operation.name?.value ?? "";
    let state = operations.get(name);
    if (state === undefined) {
      state = { uses: 0, compiled: undefined };
      operations.set(name, state);
    }
    state.uses += 1;
    if (state.compiled === undefined && state.uses < usesBeforeCompiling) return "interpret";
    return (state.compiled ??= this.#compile(document, operation.name?.value));
  }

  #compile(document: DocumentNode, operationName: string | undefined): Compiled {
    try {
      const compiled = compileQuery(this.#schemaOfCoerced, withCoercedVariables(document), operationName);
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

/** What is wrong with the variables: the first error only, without suggestions from the schema. */
export function variableErrors(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] | undefined {
  const { errors } = getVariableValues(schema, definitions, variables, { maxErrors: 1 });
  const [first] = errors ?? [];
  return first === undefined ? undefined : [badInput(withoutSuggestions(first.message), "BAD_USER_INPUT", first)];
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
function withRealErrors(result: ExecutionResult): ExecutionResult {
  if (result.errors === undefined) return result;
  const errors = result.errors.map(
    (error) =>
      new GraphQLError(error.message, {
        ...(error.path === undefined ? {} : { path: error.path }),
        // graphql-jit leaves it out where the schema itself was broken (null for a non-null field)
        originalError: error.originalError ?? new Error(error.message),
      }),
  );
  return { ...result, errors };
}
