import { createHash } from "node:crypto";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
  type ValidationRule,
} from "graphql";
import { LRUCache } from "lru-cache";
import { idempotencyRule } from "./idempotency-rule.ts";
import { limits } from "./limits.ts";
import { structuralRules } from "./structural-rules.ts";

type Parsed = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

/** How documents are parsed and validated on every transport; Apollo Server gets the same for HTTP. */
export const documentChecks = {
  parseOptions: { maxTokens: limits.maxTokens },
  validationRules: [...structuralRules, idempotencyRule] as ValidationRule[],
  validationOptions: { maxErrors: limits.maxValidationErrors, hideSuggestions: true },
} as const;

/**
 * Parses and validates each text once. What it says depends on the text alone: neither on who asks nor on variables.
 */
export class DocumentParser {
  readonly #schema: GraphQLSchema;
  readonly #parsed = new LRUCache<string, Parsed>({ max: 1_000 });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Throws an AggregateError of GraphQLErrors. */
  parse(text: string): DocumentNode {
    const key = text.length < 256 ? text : createHash("sha256").update(text).digest("base64");
    let parsed = this.#parsed.get(key);
    if (parsed === undefined) {
      parsed = this.#parseAndValidate(text);
      this.#parsed.set(key, parsed);
    }
    if ("errors" in parsed) throw new AggregateError(parsed.errors, "the document is invalid");
    return parsed.document;
  }

  /** What is wrong with a text; it isn't kept. */
  check(text: string): readonly string[] {
    const parsed = this.#parseAndValidate(text);
    return "errors" in parsed ? parsed.errors.map(({ message }) => message) : [];
  }

  #parseAndValidate(text: string): Parsed {
    let document: DocumentNode;
    try {
      document = parse(text, documentChecks.parseOptions);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return { errors: [withCode(error, "GRAPHQL_PARSE_FAILED")] };
    }
    const rules = [...specifiedRules, ...documentChecks.validationRules];
    const errors = validate(this.#schema, document, rules, documentChecks.validationOptions);
    return errors.length === 0
      ? { document }
      : { errors: errors.map((error) => withCode(error, "GRAPHQL_VALIDATION_FAILED")) };
  }
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
    ...(error.source === undefined ? {} : { source: error.source }),
    ...(error.positions === undefined ? {} : { positions: error.positions }),
    extensions: { code },
  });
}
