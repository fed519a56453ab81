import { createSecretKey, type KeyObject } from "node:crypto";
import {
  getDirectiveValues,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from "graphql";
import { getNullableType, type GraphQLSchema, isObjectType } from "graphql";
import type { Database } from "../db/database.ts";
import { findResult } from "../journal/idempotent-results.ts";
import { type StoredResult, StoredResultFound } from "../journal/keyed-request.ts";
import { AppError } from "./app-error.ts";
import { type Context, LoaderCache } from "./context.ts";
import { cursorAfter } from "./cursor-after.ts";
import type { CursorCodec } from "./cursor.ts";
import { checkKey, idempotentDirective } from "./idempotency-key.ts";
import type { NodeRegistry } from "./node-registry.ts";
import { OnceRequest } from "./once-request.ts";
import { responseNames } from "./response-names.ts";
import { decodePayload, encodePayload } from "./stored-payload.ts";
import { unkeyedMutations } from "./unkeyed-mutations.ts";

export interface IdempotentMutationsOptions {
  readonly schema: GraphQLSchema;
  readonly database: Database;
  readonly nodes: NodeRegistry;
  readonly cursors: CursorCodec;
  /** Hashes keys and arguments. */
  readonly hashKey: Buffer;
}

type Resolve = GraphQLFieldResolver<unknown, Context>;

/** Makes every field of the mutation type honour idempotency keys. Without a key it costs a look at the context. */
export function honourIdempotencyKeys(options: IdempotentMutationsOptions): void {
  for (const field of Object.values(options.schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    const payloadType = getNullableType(field.type);
    if (resolve === undefined || field.name in unkeyedMutations) continue;
    if (!isObjectType(payloadType)) throw new Error(`${field.name} has no payload`);
    field.resolve = new IdempotentField(options, payloadType, resolve).resolve;
  }
}

class IdempotentField {
  readonly #options: IdempotentMutationsOptions;
  /** As a key object: preparing a key from bytes costs several times as much as the hash itself. */
  readonly #hashKey: KeyObject;
  readonly #payloadType: GraphQLObjectType;
  readonly #run: Resolve;

  constructor(options: IdempotentMutationsOptions, payloadType: GraphQLObjectType, run: Resolve) {
    this.#options = options;
    this.#hashKey = createSecretKey(options.hashKey);
    this.#payloadType = payloadType;
    this.#run = run;
  }

  readonly resolve: Resolve = (source, args, context, info) => {
    const key = keyOf(context, info);
    if (key === undefined) return this.#run(source, args, context, info);
    const request = this.#requestOf(key, args, context, info);
    return this.#once(request, context, info, async () => this.#run(source, args, { ...context, once: request }, info));
  };

  #requestOf(key: string, args: Record<string, unknown>, { principal }: Context, info: GraphQLResolveInfo) {
    const { schema } = this.#options;
    const hashKey = this.#hashKey;
    const encode = (result: object) => encodePayload(schema, this.#payloadType, result);
    return new OnceRequest({ hashKey, principal, key, field: info.fieldName, args, encode });
  }

  async #once(
    request: OnceRequest,
    context: Context,
    info: GraphQLResolveInfo,
    run: () => Promise<unknown>,
  ): Promise<unknown> {
    try {
      const payload = await run();
      // Refused before there was a transaction: the first time it may have been done, at an earlier hour or in another state.
      const stored = request.isLookedUp ? undefined : await this.#find(request);
      return stored === undefined ? payload : await this.#replay(stored, request, context, info);
    } catch (error) {
      const stored = error instanceof StoredResultFound ? error.stored : await this.#afterFailure(request, error);
      return this.#replay(stored, request, context, info);
    }
  }

  /** What failed before it had looked for the key (throttled, say) may have been done the first time. Else the failure stands. */
  async #afterFailure(request: OnceRequest, error: unknown): Promise<StoredResult> {
    if (request.isLookedUp || isRefusedPrincipal(error)) throw error;
    let stored: StoredResult | undefined;
    try {
      stored = await this.#find(request);
    } catch (failure) {
      // The database is away, or the deadline has passed: that is what the first error says.
      throw failure instanceof AppError ? failure : error;
    }
    if (stored === undefined) throw error;
    return stored;
  }

  async #find(request: OnceRequest): Promise<StoredResult | undefined> {
    const { tenantId } = request;
    if (tenantId === undefined) return undefined;
    return this.#options.database.read(tenantId, (session) => findResult(session, request));
  }

  async #replay(stored: StoredResult, { tenantId = "" }: OnceRequest, context: Context, info: GraphQLResolveInfo) {
    const { schema, nodes, cursors } = this.#options;
    const reader = asReader(context, tenantId);
    const payload = await decodePayload(schema, this.#payloadType, stored.result, (id) => nodes.node(reader, id));
    tellReplayed(context, String(info.path.key));
    return { cursor: cursorAfter(cursors, tenantId, stored.position ?? undefined), ...payload };
  }
}

/**
 * Reads what the first answer showed: who may do it may see what came of it, also when he can't list such things. Fields below
 * are resolved with the caller's own rights.
 */
function asReader(context: Context, tenantId: string): Context {
  const id = "00000000-0000-0000-0000-000000000000";
  return {
    ...context,
    loaders: new LoaderCache(),
    principal: { kind: "MEMBER", tenantId, memberId: id, role: "OWNER", authSessionId: id, expiresAt: context.now },
  };
}

/** Who may not do it any more is told nothing of what he did. */
function isRefusedPrincipal(error: unknown): boolean {
  return error instanceof AppError && (error.code === "FORBIDDEN" || error.code === "UNAUTHENTICATED");
}

function tellReplayed({ keyedMutation, answer }: Context, name: string): void {
  if (keyedMutation === undefined) return;
  const { fields, replayed } = keyedMutation;
  replayed.push(name);
  const note = { replayed: true };
  answer?.extend("idempotency", fields === 1 ? note : Object.fromEntries(replayed.map((each) => [each, note])));
}

/** The field's own key, or the request's; several fields that share the request's key each have one of their own by it. */
function keyOf(context: Context, info: GraphQLResolveInfo): string | undefined {
  const own = info.fieldNodes.find(({ directives }) => (directives?.length ?? 0) > 0);
  const values = own === undefined ? undefined : getDirectiveValues(idempotentDirective, own, info.variableValues);
  if (values === undefined && context.idempotencyKey === undefined) return undefined;
  const fields = responseNames(info).size;
  context.keyedMutation ??= { fields, replayed: [] };
  if (values !== undefined) return checkKey(values["key"], "VARIABLES");
  return fields === 1 ? context.idempotencyKey : `${context.idempotencyKey}#${info.path.key}`;
}
