import { createHash } from "node:crypto";
import { type DocumentNode, print } from "graphql";
import type { Feed } from "../journal/feed.ts";
import type { JournalHub } from "../journal/hub.ts";
import type { Log } from "../log.ts";
import { scopes } from "./actions.ts";
import { AppError } from "./app-error.ts";
import { isAllowed } from "./authorize.ts";
import type { Context } from "./context.ts";
import type { CursorCodec } from "./cursor.ts";
import type { Executor } from "./executor.ts";
import type { OperationPipeline, PreparedOperation } from "./prepare-operation.ts";
import { isPersonal, type KnownPrincipal, type Principal } from "./principal.ts";
import { readSelection } from "./subscribe-arguments.ts";
import { SubscriptionGroup } from "./subscribe-group.ts";
import { GroupMember } from "./subscribe-member.ts";
import { FeedRenderer } from "./subscribe-renderer.ts";
import type { FeedSink } from "./subscribe-sink.ts";
import { type State, type StateFeed, StateSubscription } from "./subscribe-state.ts";

export interface SubscriptionsOptions {
  readonly hub: JournalHub;
  /** By the name of the subscription field. */
  readonly feeds: ReadonlyMap<string, Feed>;
  /** Subscriptions on states that aren't in the journal. */
  readonly states?: ReadonlyMap<string, StateFeed>;
  readonly pipeline: OperationPipeline;
  readonly executor: Executor;
  readonly cursors: CursorCodec;
  readonly replayLimit: number;
  /** How long nothing may come of an event's execution. */
  readonly deadlineMs: number;
  readonly log: Log;
}

export interface SubscriptionRequest {
  readonly prepared: PreparedOperation;
  readonly context: Context;
  readonly sink: FeedSink;
  /** The place to go on from, whatever the operation's own argument says. */
  readonly resumeAfter?: string | undefined;
}

/** A running subscription. */
export interface OpenSubscription {
  /** Starts to deliver; called once, when the transport is ready for messages. */
  start(): void;
  close(): void;
}

// No id of a member or key is this one.
const nobody = "00000000-0000-0000-0000-000000000000";

/** Opens subscriptions on the journal and puts equal ones into one group. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions;
  readonly #groups = new Map<string, SubscriptionGroup>();
  #executions = 0;
  readonly #hashes = new WeakMap<DocumentNode, string>();

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
  }

  /** How many groups there are: different operations, variables or rights. */
  get groups(): number {
    return this.#groups.size;
  }

  /** Executions so far: one per group and entry, and one per entry that a member is replayed. */
  get executions(): number {
    return this.#executions;
  }

  /** Throws AppError when the operation can't be served, before anything was delivered. */
  async open({ prepared, context, sink, resumeAfter }: SubscriptionRequest): Promise<OpenSubscription> {
    const { pipeline, feeds, hub, cursors } = this.#options;
    const { principal } = context;
    if (principal.kind === "ANONYMOUS") throw new Error("the pipeline lets nobody unknown subscribe");
    const { field, args, cursorVariable } = readSelection(pipeline.schema, prepared);
    const state = this.#options.states?.get(field);
    if (state !== undefined) return this.#openState(await state.watch(args, context), prepared, principal, sink);
    const feed = feeds.get(field);
    if (feed === undefined) throw new AppError("UNAVAILABLE", `The subscription ${field} isn't offered here.`);
    const { tenantId } = principal;
    const cursor = resumeAfter ?? args["after"];
    const after = typeof cursor === "string" ? cursors.decodeEvent(cursor, { tenantId }) : undefined;
    const plan = await feed.plan(args, context);

    const following = await hub.follow(tenantId);
    try {
      const { tenant } = following;
      const head = after === undefined || after > tenant.last ? await tenant.sync() : tenant.last;
      const start = after ?? head;
      if (start > head) {
        throw new AppError("BAD_CURSOR", "The cursor is from after the journal's end: the database was restored.", {
          reason: "EPOCH",
        });
      }
      const key = this.#groupKey(prepared, principal, cursorVariable);
      let group = this.#groups.get(key);
      if (group === undefined) {
        group = this.#createGroup(key, { prepared, principal, plan, following: await hub.follow(tenantId) });
      }
      const member = new GroupMember(group, sink, start);
      group.join(member);
      return { start: () => member.start(), close: () => member.close() };
    } finally {
      following.release();
    }
  }

  /** Tells all subscribers that got nothing lately how far their feeds have come. */
  tellPositions(): void {
    for (const group of this.#groups.values()) group.tellPositions();
  }

  /** Nobody shares it: its reads are authorised as the subscriber's own. */
  async #openState(
    read: () => Promise<State>,
    prepared: PreparedOperation,
    principal: KnownPrincipal,
    sink: FeedSink,
  ): Promise<OpenSubscription> {
    const { hub, executor, cursors, log, deadlineMs } = this.#options;
    const { tenantId } = principal;
    const following = await hub.follow(tenantId);
    const renderer = new FeedRenderer({
      tenantId,
      prepared,
      principal,
      executor,
      cursors,
      log,
      deadlineMs,
      onExecute: () => undefined,
    });
    return new StateSubscription({
      read,
      renderer,
      position: () => following.tenant.last,
      sink,
      log,
      onClose: () => following.release(),
    });
  }

  #createGroup(
    key: string,
    {
      prepared,
      principal,
      plan,
      following,
    }: Pick<ConstructorParameters<typeof SubscriptionGroup>[0], "plan" | "following"> & {
      prepared: PreparedOperation;
      principal: KnownPrincipal;
    },
  ): SubscriptionGroup {
    const existing = this.#groups.get(key);
    if (existing !== undefined) {
      following.release();
      return existing;
    }
    const { executor, cursors, log, replayLimit, deadlineMs } = this.#options;
    const { tenantId } = principal;
    const renderer = new FeedRenderer({
      tenantId,
      prepared,
      principal: groupPrincipal(principal),
      executor,
      cursors,
      log,
      deadlineMs,
      onExecute: () => (this.#executions += 1),
    });
    const group = new SubscriptionGroup({
      following,
      plan,
      renderer,
      replayLimit,
      log,
      onEmpty: () => void (this.#groups.get(key) === group && this.#groups.delete(key)),
    });
    this.#groups.set(key, group);
    return group;
  }

  #groupKey(
    { document, operationName, variables }: PreparedOperation,
    principal: KnownPrincipal,
    cursorVariable: string | undefined,
  ): string {
    const shared = Object.fromEntries(Object.entries(variables).filter(([name]) => name !== cursorVariable));
    return JSON.stringify([
      principal.tenantId,
      audienceOf(principal),
      this.#hashOf(document),
      operationName,
      canonical(shared),
    ]);
  }

  #hashOf(document: DocumentNode): string {
    let hash = this.#hashes.get(document);
    if (hash === undefined) {
      hash = createHash("sha256").update(print(document)).digest("base64url");
      this.#hashes.set(document, hash);
    }
    return hash;
  }
}

/** All that the principal may do. */
function rightsOf(principal: Principal): string[] {
  return scopes.filter((scope) => isAllowed(principal, scope)).toSorted();
}

/** Who sees the same: all of one tenant who have equal rights, and of those whose own things are theirs to see one alone. */
function audienceOf(principal: KnownPrincipal): readonly string[] {
  if (principal.kind === "API_KEY") return rightsOf(principal);
  if (principal.kind === "PUBLISHABLE_KEY") return [principal.kind];
  return isPersonal(principal) ? [principal.role, principal.memberId] : rightsOf(principal);
}

/** Whom the group reads as: it outlives each of its members. Where it matters who somebody is, they are all the same person. */
function groupPrincipal(principal: KnownPrincipal): Principal {
  const { tenantId } = principal;
  if (isPersonal(principal)) return { ...principal, authSessionId: nobody };
  if (principal.kind === "PUBLISHABLE_KEY") return { kind: principal.kind, tenantId, keyId: nobody, expiresAt: null };
  return { kind: "API_KEY", tenantId, keyId: nobody, scopes: rightsOf(principal), expiresAt: null };
}

/** The same for equal values, whatever the order of an object's keys. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, item]) => [name, canonical(item)]);
}
