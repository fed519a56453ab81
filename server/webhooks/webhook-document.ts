import { randomUUID } from "node:crypto";
import { GraphQLError, type GraphQLSchema, Kind } from "graphql";
import type { JournalRecord } from "../journal/entry.ts";
import type { Log } from "../log.ts";
import { type Action, scopes as keyScopes } from "../operations/actions.ts";
import { AppError } from "../operations/app-error.ts";
import { type Context, LoaderCache } from "../operations/context.ts";
import { withDeadline } from "../operations/deadline.ts";
import type { Executor } from "../operations/executor.ts";
import { parseSubjectType, toId } from "../operations/ids.ts";
import { thrownErrors, toGraphQLErrors } from "../operations/operation-errors.ts";
import type { OperationPipeline, PreparedOperation } from "../operations/prepare-operation.ts";
import type { Principal } from "../operations/principal.ts";
import { publicError } from "../operations/public-error.ts";
import type { RenderedData } from "./webhook-payload.ts";

/** What executes operations. It knows the schema, which knows this domain: so it is handed in when all is there. */
export interface Operations {
  readonly pipeline: OperationPipeline;
  readonly executor: Executor;
}

/** On whose behalf a document is executed. */
export interface DocumentOwner {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly scopes: readonly string[];
}

export type CheckedDocument =
  | { readonly kind: "VALID"; readonly needs: readonly Action[] }
  | { readonly kind: "INVALID"; readonly message: string };

export type RenderOutcome =
  | { readonly kind: "RENDERED"; readonly rendered: RenderedData }
  /** Nothing to be sent comes of it now. */
  | { readonly kind: "FAILED"; readonly message: string };

const maxLength = 10_000;
const deadlineMs = 8_000;
/** An error of ours: another time there may be none. The document's own errors are a part of the payload. */
const passing: ReadonlySet<unknown> = new Set(["UNAVAILABLE", "EXECUTION_TIMEOUT", "INTERNAL"]);
/** Every key may see itself, but an endpoint is no key. */
const unavailableFields = ["viewer", "__schema", "__type"];

/** The queries that shape payloads: they go through the same pipeline as every caller's, with the endpoint's own scopes. */
export class WebhookDocuments {
  readonly #operations: () => Operations;
  readonly #log: Log;

  constructor(operations: () => Operations, log: Log) {
    this.#operations = operations;
    this.#log = log;
  }

  /** Whether it is one valid query, and which scopes its root fields need. */
  check(document: string, tenantId: string): CheckedDocument {
    if (document.length > maxLength) return invalid(`A document has at most ${maxLength} characters.`);
    const { pipeline } = this.#operations();
    const everything = { tenantId, endpointId: randomUUID(), scopes: keyScopes };
    try {
      const prepared = this.#prepare(document, everything, sampleVariables);
      if (prepared.operation.operation !== "query") return invalid("Only a query can make a payload.");
      if (prepared.document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length > 1) {
        return invalid("A document has one operation.");
      }
      const unknown = prepared.operation.variableDefinitions?.find(
        ({ variable }) => !Object.hasOwn(sampleVariables, variable.name.value),
      );
      if (unknown !== undefined) {
        return invalid(`There is no variable $${unknown.variable.name.value}: declare $subjectId, $entryId or $type.`);
      }
      const refused = prepared.rootFields.find((field) => unavailableFields.includes(field));
      if (refused !== undefined) return invalid(`A payload can't have ${refused}.`);
      return { kind: "VALID", needs: neededActions(pipeline.schema, prepared) };
    } catch (error) {
      return invalid(sentenceOf(error));
    }
  }

  async render(document: string, owner: DocumentOwner, record: JournalRecord): Promise<RenderOutcome> {
    const abort = new AbortController();
    const context = contextFor(owner, abort.signal, this.#operations().executor.now());
    try {
      const prepared = this.#prepare(document, owner, variablesOf(record));
      const { executor } = this.#operations();
      const result = await withDeadline(Promise.resolve(executor.execute({ ...prepared, context })), {
        ms: deadlineMs,
        onDeadline: () => {
          const error = new AppError("EXECUTION_TIMEOUT", "The document took too long.");
          abort.abort(error);
          return error;
        },
      });
      if (result.errors === undefined) return { kind: "RENDERED", rendered: { data: result.data ?? null } };
      const errors = result.errors.map((error) => publicError(error, context, this.#log));
      const ours = errors.find(({ extensions }) => passing.has(extensions?.["code"]));
      if (ours !== undefined) return { kind: "FAILED", message: ours.message };
      return { kind: "RENDERED", rendered: { data: result.data ?? null, errors } };
    } catch (error) {
      const [first] = toGraphQLErrors(error);
      return { kind: "FAILED", message: publicError(first, context, this.#log).message };
    }
  }

  #prepare(document: string, owner: DocumentOwner, variables: Readonly<Record<string, string>>): PreparedOperation {
    const { pipeline } = this.#operations();
    return pipeline.prepare(principalOf(owner), { trusted: { text: document }, variables });
  }
}

/** As a secret key with these scopes; like each of those it may read nodes. */
function principalOf({ tenantId, endpointId, scopes }: DocumentOwner): Principal {
  return { kind: "API_KEY", tenantId, keyId: endpointId, scopes: [...scopes, "viewer:read"], expiresAt: null };
}

function contextFor(owner: DocumentOwner, signal: AbortSignal, now: Date): Context {
  return {
    principal: principalOf(owner),
    requestId: randomUUID(),
    address: null,
    userAgent: null,
    now,
    signal,
    loaders: new LoaderCache(),
  };
}

function variablesOf({ type, id, subjectType, subjectId }: JournalRecord): Readonly<Record<string, string>> {
  return { subjectId: toId(parseSubjectType(subjectType), subjectId), entryId: toId("JournalEntry", id), type };
}

const sampleVariables: Readonly<Record<string, string>> = {
  subjectId: toId("Lead", "01900000-0000-7000-8000-000000000000"),
  entryId: toId("JournalEntry", "01900000-0000-7000-8000-000000000000"),
  type: "lead.captured",
};

function neededActions(schema: GraphQLSchema, { rootFields }: PreparedOperation): Action[] {
  const fields = schema.getQueryType()?.getFields() ?? {};
  const actions = rootFields.flatMap((name) => {
    const action = fields[name]?.extensions["action"];
    return typeof action === "string" && action !== "viewer:read" ? [action as Action] : [];
  });
  return [...new Set(actions)];
}

function invalid(message: string): CheckedDocument {
  return { kind: "INVALID", message };
}

/** What the pipeline says to callers; anything else is thrown on. */
function sentenceOf(error: unknown): string {
  const [first] = thrownErrors(error);
  if (first instanceof AppError || (first instanceof GraphQLError && first.originalError === undefined)) {
    return first.message;
  }
  throw error;
}
