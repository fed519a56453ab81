import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { type Action, ruleOf } from "./actions.ts";
import { AppError } from "./app-error.ts";
import { authorize } from "./authorize.ts";
import { type DeprecatedMember, Deprecations } from "./deprecations.ts";
import { coerceVariables } from "./executor.ts";
import { DocumentParser } from "./parse-document.ts";
import type { Principal } from "./principal.ts";
import { checkDocumentTexts, checkVariableTexts } from "./text-check.ts";
import { type NamedDocument, type TrustedText, TrustStage } from "./trusted-text.ts";

type Json = Readonly<Record<string, unknown>>;

/** What a caller sends beside the document. */
export interface OperationParameters {
  readonly operationName?: string | null | undefined;
  readonly variables?: Json | null | undefined;
  readonly extensions?: Json | null | undefined;
}

export interface OperationRequest extends OperationParameters {
  readonly trusted: TrustedText;
  /** Of the trusted text, parsed and validated by documentChecks, if that was done already. */
  readonly document?: DocumentNode;
}

/** What an operation costs at most, as its document and variables tell. */
export interface OperationPrice {
  readonly requested: number;
  /** The caller asks for the price only: nothing is executed. */
  readonly isDryRun: boolean;
}

/** Prices operations: CostGate, as this stage sees it. */
export interface OperationPricer {
  /** Throws COST_EXCEEDED. Nothing is taken yet. */
  price(operation: Omit<PreparedOperation, "price">, principal: Principal): OperationPrice;
}

export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | null;
  /** As the caller sent them, checked. */
  readonly variables: Json;
  /** As resolvers get them. */
  readonly coerced: Json;
  /** The request's `extensions`, unchecked. */
  readonly extensions: Json;
  /** Names of the root fields that it selects. */
  readonly rootFields: readonly string[];
  /** What of it is deprecated. */
  readonly deprecated: readonly DeprecatedMember[];
  /** Null where nothing is priced. */
  readonly price: OperationPrice | null;
}

interface RootNeeds {
  readonly rootFields: readonly string[];
  readonly actions: readonly Action[];
  readonly introspects: boolean;
}

export interface PipelineOptions {
  readonly trust?: TrustStage;
  readonly cost?: OperationPricer;
}

/**
 * What every operation goes through before it may run, whichever transport brought it:
 * trust → parse → validate → variables → cost → authorise. OperationRunner does the rest.
 */
export class OperationPipeline {
  readonly schema: GraphQLSchema;
  readonly #trust: TrustStage;
  readonly #cost: OperationPricer | undefined;
  readonly #parser: DocumentParser;
  readonly deprecations: Deprecations;
  readonly #needs = new WeakMap<OperationDefinitionNode, RootNeeds>();

  constructor(schema: GraphQLSchema, { trust = new TrustStage(), cost }: PipelineOptions = {}) {
    this.schema = schema;
    this.#trust = trust;
    this.#cost = cost;
    this.#parser = new DocumentParser(schema);
    this.deprecations = new Deprecations(schema);
  }

  /** The text of the caller's document. Throws (or rejects with) AppError when there is none or he may not use it. */
  trust(principal: Principal, named: NamedDocument): TrustedText | Promise<TrustedText> {
    return this.#trust.decide(principal, named);
  }

  /** Counts a free text once it has proved valid. */
  countFreeText(principal: Principal, trusted: TrustedText): void {
    if (trusted.countedAs !== undefined) this.#trust.count(principal, trusted);
  }

  /** What is wrong with a text as a document, for whoever stores it; empty when nothing is. */
  check(text: string): readonly string[] {
    return this.#parser.check(text);
  }

  /** Throws what the caller did wrong: an AggregateError of GraphQLErrors for the document, GraphQLError or AppError for the rest. */
  prepare(principal: Principal, request: OperationRequest): PreparedOperation {
    const document = request.document ?? this.#parser.parse(request.trusted.text);
    const operationName = request.operationName ?? null;
    const operation = getOperationAST(document, operationName);
    if (operation == null) {
      throw new AppError("BAD_USER_INPUT", "Unknown operation name, or several operations and no name.", {
        reason: "OPERATION",
      });
    }
    checkDocumentTexts(document);
    const variables = request.variables ?? {};
    checkVariableTexts(variables);
    const coerced = coerceVariables(this.schema, operation, variables);
    if (coerced instanceof GraphQLError) throw coerced;
    const needs = this.#rootNeeds(document, operation);
    const { rootFields } = needs;
    const extensions = request.extensions ?? {};
    const deprecated = this.deprecations.of(document, operation, variables);
    const unpriced = { document, operation, operationName, variables, coerced, extensions, rootFields, deprecated };
    const price = this.#cost?.price(unpriced, principal) ?? null;
    authorizeNeeds(principal, needs);
    return { ...unpriced, price };
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
