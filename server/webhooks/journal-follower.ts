import { setTimeout as sleep } from "node:timers/promises";
import type { HintBus } from "../journal/hints.port.ts";
import type { Log } from "../log.ts";

export interface JournalFollowerOptions {
  readonly hints: HintBus;
  /** The journal of a tenant that is followed may have moved. Not called again for a tenant before it has resolved. */
  readonly onMoved: (tenantId: string) => Promise<void>;
  readonly log: Log;
}

interface Followed {
  unsubscribe: (() => Promise<void>) | undefined;
  isLeft: boolean;
  /** There was a hint since the last call. */
  hasMoved: boolean;
  telling: Promise<void> | undefined;
}

/** Two calls for one tenant are this far apart: what is committed meanwhile is delivered together. */
const pauseMs = 50;

/** Hears of the journals of some tenants. A hint that is lost is not heard of: whoever follows has to look now and then. */
export class JournalFollower {
  readonly #options: JournalFollowerOptions;
  readonly #followed = new Map<string, Followed>();
  readonly #abort = new AbortController();

  constructor(options: JournalFollowerOptions) {
    this.#options = options;
  }

  /** Follows these tenants and no others. Doesn't wait for the network. */
  follow(tenantIds: ReadonlySet<string>): void {
    if (this.#abort.signal.aborted) return;
    for (const [tenantId, followed] of this.#followed) if (!tenantIds.has(tenantId)) this.#leave(tenantId, followed);
    for (const tenantId of tenantIds) if (!this.#followed.has(tenantId)) this.#join(tenantId);
  }

  /** Resolves when nothing is being told any more. */
  async stop(): Promise<void> {
    this.#abort.abort();
    const followed = [...this.#followed];
    for (const [tenantId, each] of followed) this.#leave(tenantId, each);
    for (const [, { telling }] of followed) await telling;
  }

  #join(tenantId: string): void {
    const followed: Followed = { unsubscribe: undefined, isLeft: false, hasMoved: false, telling: undefined };
    this.#followed.set(tenantId, followed);
    this.#options.hints
      .subscribe(tenantId, () => this.#moved(tenantId, followed))
      .then(async (unsubscribe) => {
        if (followed.isLeft) return await unsubscribe();
        followed.unsubscribe = unsubscribe;
        this.#moved(tenantId, followed); // what was committed before the subscription held
      })
      .catch((error: unknown) => {
        this.#options.log.warn({ err: error, tenantId }, "no hints for webhooks");
        this.#leave(tenantId, followed);
      });
  }

  #leave(tenantId: string, followed: Followed): void {
    followed.isLeft = true;
    if (this.#followed.get(tenantId) === followed) this.#followed.delete(tenantId);
    followed.unsubscribe?.().catch(() => undefined); // the connection is gone, and with it the subscription
  }

  #moved(tenantId: string, followed: Followed): void {
    if (followed.isLeft) return;
    followed.hasMoved = true;
    followed.telling ??= this.#tell(tenantId, followed).finally(() => (followed.telling = undefined));
  }

  async #tell(tenantId: string, followed: Followed): Promise<void> {
    const { signal } = this.#abort;
    while (followed.hasMoved && !followed.isLeft) {
      followed.hasMoved = false;
      await this.#options.onMoved(tenantId);
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
