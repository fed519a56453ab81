import { setTimeout as sleep } from "node:timers/promises";
import { unitsOf, waitMs } from "./cost-bucket.ts";
import type { Buckets } from "./cost-buckets.ts";
import type { Caller } from "./cost-callers.ts";
import type { FeedBatch } from "./subscribe-message.ts";
import type { FeedSink } from "./subscribe-sink.ts";

/** Messages are paid for together: a take for each would cost more than its delivery. */
const settleMs = 50;
const longestWaitMs = 1_000;

/** What the feeds of one caller in this process owe his buckets. */
class FeedAccount {
  readonly #buckets: Buckets;
  readonly #caller: Caller;
  #owed = 0;
  /** What the buckets held when they were looked at last. */
  #held: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(buckets: Buckets, caller: Caller) {
    this.#buckets = buckets;
    this.#caller = caller;
    this.#held = this.#level;
  }

  owe(price: number): void {
    this.#owed += price;
    this.#timer ??= setTimeout(() => this.#settle(), settleMs).unref();
  }

  canPay(price: number): boolean {
    if (this.#held - this.#owed >= price) return true;
    this.#settle();
    return this.#held - this.#owed >= price;
  }

  /** How long until the buckets hold what is owed and the price, if nobody else takes from them. */
  waitMs(price: number): number {
    const { buckets, limits } = this.#caller;
    const levels = this.#buckets.levels(buckets);
    const longest = Math.max(...levels.map((level) => waitMs(level, this.#owed + price, limits)));
    return Math.min(longestWaitMs, Math.max(1, longest));
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#owed -= this.#buckets.takeUpTo(this.#caller.buckets, this.#owed);
    this.#held = this.#level;
    // What the buckets didn't have is owed until they do.
    if (this.#owed > 0) this.#timer = setTimeout(() => this.#settle(), longestWaitMs).unref();
  }

  get #level(): number {
    return unitsOf(Math.min(...this.#buckets.levels(this.#caller.buckets)));
  }
}

/** The accounts of callers with feeds. One that nobody uses any more owes nothing for long, and is forgotten then. */
export class FeedAccounts {
  readonly #buckets: Buckets;
  readonly #accounts = new Map<string, WeakRef<FeedAccount>>();
  readonly #ended = new FinalizationRegistry<string>((id) => {
    if (this.#accounts.get(id)?.deref() === undefined) this.#accounts.delete(id);
  });

  constructor(buckets: Buckets) {
    this.#buckets = buckets;
  }

  meter(sink: FeedSink, caller: Caller, price: number): FeedSink {
    let account = this.#accounts.get(caller.id)?.deref();
    if (account === undefined) {
      account = new FeedAccount(this.#buckets, caller);
      this.#accounts.set(caller.id, new WeakRef(account));
      this.#ended.register(account, caller.id);
    }
    return new MeteredSink(sink, account, price);
  }
}

/**
 * A feed that is paid for by the message. Whoever can't pay counts as a connection that takes no more: nothing is kept for it
 * and nothing is lost, it goes on from its place (GroupMember).
 */
class MeteredSink implements FeedSink {
  readonly #sink: FeedSink;
  readonly #account: FeedAccount;
  readonly #price: number;

  constructor(sink: FeedSink, account: FeedAccount, price: number) {
    this.#sink = sink;
    this.#account = account;
    this.#price = price;
  }

  get isReady(): boolean {
    return this.#sink.isReady && this.#account.canPay(this.#price);
  }

  async ready(): Promise<void> {
    await this.#sink.ready();
    while (!this.#account.canPay(this.#price)) {
      await sleep(this.#account.waitMs(this.#price), undefined, { ref: false });
    }
  }

  send(batch: FeedBatch): boolean {
    this.#account.owe(batch.messages.length * this.#price);
    return this.#sink.send(batch) && this.#account.canPay(this.#price);
  }

  tellPosition(cursor: string): void {
    this.#sink.tellPosition(cursor);
  }

  fail(error: unknown): void {
    this.#sink.fail(error);
  }
}
