import type { Log } from "../log.ts";
import type { JournalRecord } from "./entry.ts";
import { Ring } from "./hub-ring.ts";
import type { JournalReader } from "./journal-reader.ts";

/** Entries that one statement reads. */
const pageSize = 500;
/** Two reads begin this far apart, unless there is more than a page to read: what is committed meanwhile comes together. */
const pauseMs = 10;
const ringBytes = 4 * 1024 * 1024;

export interface HubTenantOptions {
  readonly tenantId: string;
  readonly head: bigint;
  readonly reader: Pick<JournalReader, "head" | "page">;
  readonly log: Log;
  /** Sees each entry of the tenant once, in order. Feeds get it when what this returns has settled. */
  readonly onEntry: (record: JournalRecord) => Promise<void> | undefined;
}

interface Waiter {
  readonly position: bigint;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * A tenant's journal as one process follows it: the entries up to `last`, read from PostgreSQL in order. Whatever says that
 * the journal moved only starts a read; one read runs at a time.
 */
export class HubTenant {
  readonly tenantId: string;
  readonly #reader: Pick<JournalReader, "head" | "page">;
  readonly #log: Log;
  readonly #onEntry: HubTenantOptions["onEntry"];
  readonly #ring: Ring<JournalRecord>;
  readonly #listeners = new Set<() => void>();
  #waiters: Waiter[] = [];
  #last: bigint;
  #target: bigint;
  #isReading = false;
  #readAt = 0;
  #pause: NodeJS.Timeout | undefined;
  #isClosed = false;
  #headRead: Promise<bigint> | undefined;
  #nextHeadRead: Promise<bigint> | undefined;

  constructor({ tenantId, head, reader, log, onEntry }: HubTenantOptions) {
    this.tenantId = tenantId;
    this.#last = head;
    this.#target = head;
    this.#reader = reader;
    this.#log = log;
    this.#onEntry = onEntry;
    this.#ring = new Ring(head, ringBytes, sizeOf);
  }

  /** Every entry up to here has been read. */
  get last(): bigint {
    return this.#last;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Calls the listener each time `last` has risen. Returns how to stop that. */
  onMove(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The journal has reached this position. */
  moved(position: bigint): void {
    if (position <= this.#target || this.#isClosed) return;
    this.#target = position;
    if (!this.#isReading && this.#pause === undefined) this.#readSoon();
  }

  /**
   * The entries after a place, from memory or from PostgreSQL; with `types`, maybe only those of these types. Never beyond
   * `last`, though PostgreSQL may have more already: a reader who were ahead of memory would find nothing there.
   */
  async page(
    after: bigint,
    types?: readonly string[],
    limit = pageSize,
  ): Promise<{ records: JournalRecord[]; through: bigint }> {
    const recent = this.recent(after, limit);
    if (recent !== undefined) return { records: recent, through: recent.at(-1)?.position ?? after };
    const last = this.#last;
    const page = await this.#reader.page({ tenantId: this.tenantId, after, limit, types });
    const records = page.filter(({ position }) => position <= last);
    // A page that isn't full holds everything up to `last`.
    const through = records.length < limit ? last : (records.at(-1)?.position ?? last);
    return { records, through };
  }

  /** The entries after a place if memory has them all. */
  recent(after: bigint, limit = pageSize): JournalRecord[] | undefined {
    return this.#ring.after(after, limit);
  }

  /** Resolves with the journal's head as it is after this call, when everything up to there has been read. */
  async sync(): Promise<bigint> {
    const head = await this.#freshHead();
    this.moved(head);
    await this.#reached(head);
    return head;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#pause);
    this.#listeners.clear();
    this.#rejectWaiters(new Error("the hub has stopped following this tenant"));
  }

  // A read that began before the call may be too old: all callers who come during one share the next.
  #freshHead(): Promise<bigint> {
    if (this.#headRead === undefined) return (this.#headRead = this.#readHead());
    return (this.#nextHeadRead ??= this.#headRead.then(
      () => this.#startNextHeadRead(),
      () => this.#startNextHeadRead(),
    ));
  }

  #startNextHeadRead(): Promise<bigint> {
    this.#nextHeadRead = undefined;
    return (this.#headRead = this.#readHead());
  }

  async #readHead(): Promise<bigint> {
    try {
      return await this.#reader.head(this.tenantId);
    } finally {
      if (this.#nextHeadRead === undefined) this.#headRead = undefined;
    }
  }

  #reached(position: bigint): Promise<void> {
    if (this.#last >= position) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiters.push({ position, resolve, reject }));
  }

  /** At once after a quiet time. */
  #readSoon(): void {
    const early = this.#readAt + pauseMs - performance.now();
    if (early <= 0) return void this.#read();
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      void this.#read();
    }, early);
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    this.#readAt = performance.now();
    try {
      let isFull = true;
      while (isFull && this.#last < this.#target && !this.#isClosed) {
        const records = await this.#reader.page({ tenantId: this.tenantId, after: this.#last, limit: pageSize });
        if (records.length === 0) throw new Error(`the journal's head is at ${this.#target}, its entries aren't`);
        isFull = records.length === pageSize;
        await this.#apply(records);
      }
    } catch (error) {
      // The heartbeat finds the head again.
      this.#target = this.#last;
      this.#log.warn({ err: error, tenantId: this.tenantId }, "the journal couldn't be read");
      this.#rejectWaiters(error);
    } finally {
      this.#isReading = false;
      if (this.#last < this.#target && !this.#isClosed) this.#readSoon();
    }
  }

  async #apply(records: readonly JournalRecord[]): Promise<void> {
    for (const record of records) {
      // Positions have no gaps and are in commit order: the database sees to it. A hole would be a lost entry.
      if (record.position !== this.#last + 1n) {
        throw new Error(`the journal goes from ${this.#last} to ${record.position}`);
      }
      const seen = this.#onEntry(record);
      if (seen !== undefined) {
        this.#announce();
        await seen;
        if (this.#isClosed) return;
      }
      this.#ring.push(record);
      this.#last = record.position;
    }
    this.#announce();
  }

  #announce(): void {
    if (this.#last > this.#target) this.#target = this.#last;
    for (const listener of this.#listeners) listener();
    const reached = this.#waiters.filter(({ position }) => position <= this.#last);
    if (reached.length === 0) return;
    this.#waiters = this.#waiters.filter(({ position }) => position > this.#last);
    for (const waiter of reached) waiter.resolve();
  }

  #rejectWaiters(error: unknown): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.reject(error);
  }
}

/** About what an entry takes in memory. */
function sizeOf({ data, personal }: JournalRecord): number {
  return 600 + 2 * (JSON.stringify(data).length + (personal === null ? 0 : JSON.stringify(personal).length));
}
