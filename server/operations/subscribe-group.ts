import { setTimeout as sleep } from "node:timers/promises";
import type { JournalRecord } from "../journal/entry.ts";
import type { FeedPlan } from "../journal/feed.ts";
import { Ring } from "../journal/hub-ring.ts";
import type { Following } from "../journal/hub.ts";
import type { Log } from "../log.ts";
import type { FeedPage, Followed, GroupMember } from "./subscribe-member.ts";
import { type FeedMessage, toBatches } from "./subscribe-message.ts";
import { type FeedRenderer, isTooSlow } from "./subscribe-renderer.ts";

const ringBytes = 512 * 1024;
const maxRecent = 500;
/** About what a connection takes before it is asked whether it is ready for more: what is replayed beyond that is thrown away. */
const replayLength = 256 * 1024;
const maxReplayed = 500;
const retryMs = 1_000;

export interface SubscriptionGroupOptions {
  readonly following: Following;
  readonly plan: FeedPlan;
  readonly renderer: FeedRenderer;
  /** How many entries a member may be behind before it gets Lagged instead of a replay. */
  readonly replayLimit: number;
  readonly log: Log;
  /** The last member has left. */
  readonly onEmpty: () => void;
}

/**
 * The subscribers whose operation, variables and rights are equal: each entry is executed and serialised once for all of
 * them. It follows the hub with a place of its own and holds no queue: what it hasn't got to yet is in the hub or in PostgreSQL.
 */
export class SubscriptionGroup implements Followed {
  readonly #options: SubscriptionGroupOptions;
  readonly #members = new Set<GroupMember>();
  readonly #live = new Set<GroupMember>();
  readonly #recent: Ring<FeedMessage>;
  readonly #stopListening: () => void;
  #position: bigint;
  #lastMessage: bigint | null = null;
  /** How long a replayed message is, on average. */
  #replayedLength = 1_024;
  #isPumping = false;
  #isClosed = false;
  #moved = Promise.withResolvers<void>();

  constructor(options: SubscriptionGroupOptions) {
    this.#options = options;
    const { tenant } = options.following;
    this.#position = tenant.last;
    this.#recent = new Ring(this.#position, ringBytes, ({ json }) => 300 + 3 * json.length);
    this.#stopListening = tenant.onMove(() => void this.#pump());
  }

  /** All entries up to here were handed to the live members. */
  get position(): bigint {
    return this.#position;
  }

  /** The place of the last message; null while it isn't known. */
  get lastMessage(): bigint | null {
    return this.#lastMessage;
  }

  get size(): number {
    return this.#members.size;
  }

  join(member: GroupMember): void {
    this.#members.add(member);
  }

  leave(member: GroupMember): void {
    this.#live.delete(member);
    if (!this.#members.delete(member) || this.#members.size > 0) return;
    this.close();
    this.#options.onEmpty();
  }

  /** From now on the member gets what the group gets; both have to be at the same place. */
  goLive(member: GroupMember, lastMessage: bigint | null): void {
    this.#live.add(member);
    this.#lastMessage ??= lastMessage;
  }

  isLive(member: GroupMember): boolean {
    return this.#live.has(member);
  }

  /** Resolves when the group has moved on. */
  moved(): Promise<void> {
    return this.#moved.promise;
  }

  cursorAt(position: bigint): string {
    return this.#options.renderer.cursorAt(position);
  }

  /** The messages after a place, if they are still in memory. */
  recent(after: bigint): FeedPage | undefined {
    const messages = this.#recent.after(after, maxRecent);
    if (messages === undefined) return undefined;
    const end = messages.length === maxRecent ? messages.at(-1)?.position : undefined;
    return { messages, through: end ?? this.#position };
  }

  /** The messages after a place, made anew; or that too many are missed. `previous`: the message before. */
  async replay(after: bigint, previous: bigint): Promise<FeedPage> {
    const { following, plan, renderer, replayLimit } = this.#options;
    const { tenant } = following;
    const missed = tenant.last - after;
    if (missed > BigInt(replayLimit)) {
      const position = tenant.last;
      return { messages: [await renderer.lagged({ position, previous, missed })], through: position };
    }
    const limit = Math.min(maxReplayed, Math.ceil(replayLength / this.#replayedLength));
    const { records, through } = await tenant.page(after, plan.types, limit);
    const messages = await this.#render(records, previous);
    if (messages.length > 0) {
      const length = messages.reduce((sum, { json }) => sum + json.length, 0) / messages.length;
      this.#replayedLength = Math.max(1, (this.#replayedLength + length) / 2);
    }
    return { messages, through };
  }

  close(): void {
    this.#isClosed = true;
    this.#stopListening();
    this.#options.following.release();
    this.#moved.resolve();
  }

  /** Ends the feed for all members. */
  fail(error: unknown): void {
    for (const member of [...this.#members]) member.fail(error);
  }

  /** Tells the members that got nothing lately how far the feed has come. */
  tellPositions(): void {
    for (const member of this.#live) member.tellPosition();
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    const { tenant } = this.#options.following;
    while (this.#position < tenant.last && !this.#isClosed) {
      try {
        const { records, through } = await this.#page();
        this.#deliver(await this.#render(records, this.#lastMessage), through);
      } catch (error) {
        if (isTooSlow(error)) {
          this.#options.log.warn({ tenantId: tenant.tenantId }, "a feed took too long and ends");
          this.fail(error);
          break;
        }
        // Nothing is lost: the place stays, and so do the members.
        this.#options.log.warn({ err: error, tenantId: tenant.tenantId }, "a feed has to wait");
        await sleep(retryMs, undefined, { ref: false });
      }
    }
    this.#isPumping = false;
  }

  // Without a detour through a promise in the usual case: that the entries are in memory.
  #page(): { records: JournalRecord[]; through: bigint } | Promise<{ records: JournalRecord[]; through: bigint }> {
    const { following, plan } = this.#options;
    const records = following.tenant.recent(this.#position);
    return records === undefined
      ? following.tenant.page(this.#position, plan.types)
      : { records, through: records.at(-1)?.position ?? this.#position };
  }

  #deliver(messages: readonly FeedMessage[], through: bigint): void {
    for (const message of messages) this.#recent.push(message);
    for (const batch of toBatches(messages)) {
      this.#lastMessage = batch.position;
      for (const member of this.#live) {
        if (!member.receive(batch)) this.#live.delete(member);
      }
    }
    this.#position = through;
    const moved = this.#moved;
    this.#moved = Promise.withResolvers();
    moved.resolve();
  }

  async #render(records: readonly JournalRecord[], previous: bigint | null): Promise<FeedMessage[]> {
    const { plan, renderer } = this.#options;
    const updates = await renderer.within(async () => plan.updates(renderer.context(), records));
    return renderer.render(updates, previous);
  }
}
