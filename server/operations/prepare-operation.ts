import { createHash } from "node:crypto";
import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  specifiedRules,
  validate,
} from "graphql";
import { LRUCache } from "lru-cache";
import { type Action, ruleOf } from "./actions.ts";
import { AppError } from "./app-error.ts";
import { authorize } from "./authorize.ts";
import { coerceVariables } from "./executor.ts";
import { limits } from "./limits.ts";
import type { Principal } from "./principal.ts";
import { checkDocumentTexts, checkVariableTexts } from "./text-check.ts";

export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | null;
  /** As the caller sent them, checked. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** As resolvers get them. */
  readonly coerced: Readonly<Record<string, unknown>>;
  /** Names of the root fields that it selects. */
  readonly rootFields: readonly string[];
}

interface OperationRequest {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

interface TextRequest extends Omit<OperationRequest, "document"> {
  readonly query: string;
}

interface RootNeeds {
  readonly rootFields: readonly string[];
  readonly actions: readonly Action[];
  readonly introspects: boolean;
}

type Parsed = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

/**
 * The one pipeline of all transports: parse, validate, check the variables, authorise the root fields. HTTP hands in the
 * document that Apollo parsed and validated with the same limits; WebSocket and SSE hand in text.
 */
export class OperationPipeline {
  readonly schema: GraphQLSchema;
  readonly #parsed = new LRUCache<string, Parsed>({ max: 1_000 });
  readonly #needs = new WeakMap<OperationDefinitionNode, RootNeeds>();

  constructor(schema: GraphQLSchema) {
    this.schema = schema;
  }

  /** Throws what the caller did wrong: an array of GraphQLError for the document, AppError for the rest. */
  prepareText(principal: Principal, { query, ...request }: TextRequest): PreparedOperation {
    const parsed = this.#parse(query);
    if ("errors" in parsed) throw new AggregateError(parsed.errors, "the document is invalid");
    return this.prepare(principal, { ...request, document: parsed.document });
  }

  prepare(principal: Principal, { document, operationName = null, variables }: OperationRequest): PreparedOperation {
    const operation = getOperationAST(document, operationName);
    if (operation == null) {
      throw new AppError("BAD_USER_INPUT", "Unknown operation name, or several operations and no name.", {
        reason: "OPERATION",
      });
    }
    checkDocumentTexts(document);
    checkVariableTexts(variables);
    const needs = this.#rootNeeds(document, operation);
    authorizeNeeds(principal, needs);
    const raw = variables ?? {};
    const coerced = coerceVariables(this.schema, operation, raw);
    if (coerced instanceof GraphQLError) throw coerced;
    return { document, operation, operationName, variables: raw, coerced, rootFields: needs.rootFields };
  }

  #parse(query: string): Parsed {
    const key = query.length < 256 ? query : createHash("sha256").update(query).digest("base64");
    let parsed = this.#parsed.get(key);
    if (parsed === undefined) {
      parsed = this.#parseAndValidate(query);
      this.#parsed.set(key, parsed);
    }
    return parsed;
  }

  #parseAndValidate(query: string): Parsed {
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: limits.maxTokens });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return { errors: [withCode(error, "GRAPHQL_PARSE_FAILED")] };
    }
    const errors = validate(this.schema, document, specifiedRules, {
      maxErrors: limits.maxValidationErrors,
      hideSuggestions: true,
    });
    return errors.length === 0
      ? { document }
      : { errors: errors.map((error) => withCode(error, "GRAPHQL_VALIDATION_FAILED")) };
  }

  /** What the operation's root fields need. A field without an action is introspection or needs nothing. */
  #rootNeeds(document: DocumentNode, operation: OperationDefinitionNode): RootNeeds {
    let needs = this.#needs.get(operation);
    if (needs === undefined) {
      const fields = rootFields(document, operation.selectionSet);
      const type = this.schema.getRootType(operation.operation)?.getFields() ?? {};
      const actions = fields.flatMap((field) => {
        const action = type[field]?.extensions["action"];
        return typeof action === "string" ? [action as Action] : [];
      });
      needs = {
        rootFields: fields,
        actions: [...new Set(actions)],
        introspects: fields.includes("__schema") || fields.includes("__type"),
      };
      this.#needs.set(operation, needs);
    }
    return needs;
  }
}

function authorizeNeeds(principal: Principal, { actions, introspects }: RootNeeds): void {
  for (const action of actions) {
    if (ruleOf(action).isPublic !== true) authorize(principal, action);
  }
  if (introspects && principal.kind === "ANONYMOUS") {
    throw new AppError("UNAUTHENTICATED", "Introspection needs a credential.", { reason: "INTROSPECTION" });
  }
  if (introspects && principal.kind === "PUBLISHABLE_KEY") {
    throw new AppError("FORBIDDEN", "A publishable key is public: it can't introspect.", { reason: "INTROSPECTION" });
  }
}

function rootFields(document: DocumentNode, { selections }: SelectionSetNode): string[] {
  return selections.flatMap((selection) => {
    switch (selection.kind) {
      case Kind.FIELD:
        return [selection.name.value];
      case Kind.INLINE_FRAGMENT:
        return rootFields(document, selection.selectionSet);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = document.definitions.find(
          (definition) =>
            definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
        );
        return fragment?.kind === Kind.FRAGMENT_DEFINITION ? rootFields(document, fragment.selectionSet) : [];
      }
    }
  });
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
    ...(error.source === undefined ? {} : { source: error.source }),
    ...(error.positions === undefined ? {} : { positions: error.positions }),
    extensions: { code },
  });
}
