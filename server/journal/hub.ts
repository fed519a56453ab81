import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { JournalRecord } from "./entry.ts";
import type { HintBus } from "./hints.port.ts";
import { HubTenant } from "./hub-tenant.ts";
import type { JournalReader } from "./journal-reader.ts";

export interface HubOptions {
  readonly hints: HintBus;
  readonly reader: Pick<JournalReader, "head" | "heads" | "page">;
  readonly log: Log;
  /** How often the heads of all followed tenants are read. */
  readonly heartbeatMs?: number;
}

interface Followed {
  readonly tenant: Promise<HubTenant>;
  /** Set once it is known. */
  opened: HubTenant | undefined;
  stopHints: (() => Promise<void>) | undefined;
  followers: number;
}

/** Sees an entry before the feeds do; they wait for what it returns. It never rejects. */
export type EntryListener = (record: JournalRecord) => Promise<void> | undefined;

/** A tenant that somebody follows, until he releases it. */
export interface Following {
  readonly tenant: HubTenant;
  release(): void;
}

// Redis may be away: then the heartbeat tells, and nobody has to wait for it.
const hintsTimeoutMs = 500;

/**
 * Follows the journals of the tenants that have subscribers here. Hints say that a journal moved; one query a second for
 * all tenants finds what no hint told: Redis down, a hint lost, a writer killed between COMMIT and hint.
 */
export class JournalHub {
  readonly #options: HubOptions;
  readonly #tenants = new Map<string, Followed>();
  readonly #entryListeners = new Set<EntryListener>();
  readonly #heartbeatMs: number;
  #heartbeat: NodeJS.Timeout | undefined;
  #isChecking = false;
  #hadFailure = false;

  constructor(options: HubOptions) {
    this.#options = options;
    this.#heartbeatMs = options.heartbeatMs ?? 1_000;
    options.hints.onReconnect(() => void this.#checkHeads());
  }

  /** How many tenants are followed. */
  get size(): number {
    return this.#tenants.size;
  }

  /** Shows each entry of a followed tenant once, in order. */
  onEntry(listener: EntryListener): void {
    this.#entryListeners.add(listener);
  }

  async follow(tenantId: string): Promise<Following> {
    let followed = this.#tenants.get(tenantId);
    if (followed === undefined) {
      followed = this.#open(tenantId);
      this.#tenants.set(tenantId, followed);
    }
    followed.followers += 1;
    const open = followed;
    let isReleased = false;
    const release = () => {
      if (isReleased) return;
      isReleased = true;
      open.followers -= 1;
      if (open.followers === 0) this.#close(tenantId, open);
    };
    try {
      return { tenant: await open.tenant, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  close(): void {
    for (const [tenantId, followed] of this.#tenants) this.#close(tenantId, followed);
    this.#entryListeners.clear();
  }

  #open(tenantId: string): Followed {
    const { hints, reader, log } = this.#options;
    const followed: Followed = {
      opened: undefined,
      stopHints: undefined,
      followers: 0,
      // Hints first, then the head: what is committed after the head was read is told.
      tenant: this.#subscribe(tenantId, hints, () => followed).then(async () => {
        const head = await reader.head(tenantId);
        const onEntry = (record: JournalRecord) => this.#show(record);
        const tenant = new HubTenant({ tenantId, head, reader, log, onEntry });
        followed.opened = tenant;
        if (this.#tenants.get(tenantId) !== followed) tenant.close();
        else this.#heartbeat ??= setInterval(() => void this.#checkHeads(), this.#heartbeatMs);
        return tenant;
      }),
    };
    return followed;
  }

  #show(record: JournalRecord): Promise<void> | undefined {
    let all: Promise<void> | undefined;
    for (const listener of this.#entryListeners) {
      const one = listener(record);
      if (one !== undefined) all = all === undefined ? one : Promise.all([all, one]).then(() => undefined);
    }
    return all;
  }

  async #subscribe(tenantId: string, hints: HintBus, followed: () => Followed): Promise<void> {
    const subscribing = hints
      .subscribe(tenantId, ({ position }) => followed().opened?.moved(position))
      .then((stop) => {
        if (this.#tenants.get(tenantId) === followed()) followed().stopHints = stop;
        else stop().catch(() => undefined);
      })
      .catch((error: unknown) => this.#options.log.warn({ err: error, tenantId }, "no hints, the heartbeat has to do"));
    const timeout = new AbortController();
    await Promise.race([
      subscribing,
      sleep(hintsTimeoutMs, undefined, { signal: timeout.signal }).catch(() => undefined),
    ]);
    timeout.abort();
  }

  #close(tenantId: string, followed: Followed): void {
    if (this.#tenants.get(tenantId) === followed) this.#tenants.delete(tenantId);
    followed.opened?.close();
    followed.stopHints?.().catch(() => undefined); // the connection is gone, and with it the subscription
    followed.stopHints = undefined;
    if (this.#tenants.size === 0) {
      clearInterval(this.#heartbeat);
      this.#heartbeat = undefined;
    }
  }

  async #checkHeads(): Promise<void> {
    if (this.#isChecking || this.#tenants.size === 0) return;
    this.#isChecking = true;
    try {
      const heads = await this.#options.reader.heads([...this.#tenants.keys()]);
      for (const [tenantId, position] of heads) this.#tenants.get(tenantId)?.opened?.moved(position);
      this.#hadFailure = false;
    } catch (error) {
      if (!this.#hadFailure) this.#options.log.warn({ err: error }, "the heads of the journals couldn't be read");
      this.#hadFailure = true;
    } finally {
      this.#isChecking = false;
    }
  }
}
