import { RedisPubSub } from "graphql-redis-subscriptions";
import { Redis, type RedisOptions } from "ioredis";
import type { Hint, HintBus } from "../../journal/hints.port.ts";

// A Redis that answers this slowly gets no more hints for the moment: the heartbeat tells the others.
const maxUnansweredHints = 1_000;
const healthTimeoutMs = 1_000;

/** Both ends of the channel; a command whose answer nobody waits for must not end the process when it fails. */
class Connection extends Redis {
  override sendCommand(...[command, stream]: Parameters<Redis["sendCommand"]>): unknown {
    const answer = super.sendCommand(command, stream);
    if (answer instanceof Promise) answer.catch(() => undefined);
    return answer;
  }
}

const connectionOptions = {
  maxRetriesPerRequest: null,
  retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
} as const satisfies RedisOptions;

/** Hints among all processes, by Redis's pub/sub: a channel per tenant. */
export class RedisHints implements HintBus {
  readonly #publisher: Redis;
  readonly #subscriber: Redis;
  readonly #pubSub: RedisPubSub;
  readonly #reconnectListeners = new Set<() => void>();
  #unanswered = 0;

  /** `onError` is told once per outage. */
  constructor(url: string, onError: (error: Error) => void) {
    // Without a queue: a hint that can't leave now isn't worth keeping.
    this.#publisher = new Connection(url, { ...connectionOptions, enableOfflineQueue: false });
    this.#subscriber = new Connection(url, connectionOptions);
    this.#pubSub = new RedisPubSub({
      publisher: this.#publisher,
      subscriber: this.#subscriber,
      serializer: (position: string) => position,
      deserializer: String,
    });
    let isDown = false;
    for (const connection of [this.#publisher, this.#subscriber]) {
      connection.on("error", (error) => {
        if (!isDown) onError(error);
        isDown = true;
      });
      connection.on("ready", () => (isDown = false));
    }
    // The first time nobody has missed anything.
    this.#subscriber.once("ready", () => this.#subscriber.on("ready", () => void this.#reconnected()));
  }

  publish({ tenantId, position }: Hint): void {
    if (this.#unanswered >= maxUnansweredHints) return;
    this.#unanswered += 1;
    this.#pubSub
      .publish(channelOf(tenantId), String(position))
      .catch(() => undefined) // Redis is away
      .finally(() => (this.#unanswered -= 1));
  }

  async subscribe(tenantId: string, onHint: (hint: Hint) => void): Promise<() => Promise<void>> {
    const id = await this.#pubSub.subscribe(channelOf(tenantId), (position: string) => {
      if (/^\d{1,18}$/.test(position)) onHint({ tenantId, position: BigInt(position) });
    });
    let isSubscribed = true;
    return () => {
      if (isSubscribed) this.#pubSub.unsubscribe(id);
      isSubscribed = false;
      return Promise.resolve();
    };
  }

  onReconnect(listener: () => void): void {
    this.#reconnectListeners.add(listener);
  }

  async isHealthy(): Promise<boolean> {
    if (this.#publisher.status !== "ready" || this.#subscriber.status !== "ready") return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), healthTimeoutMs);
    });
    const answered = Promise.all([this.#publisher.ping(), this.#subscriber.ping()]).then(
      () => true,
      () => false,
    );
    const isHealthy = await Promise.race([answered, late]);
    clearTimeout(timer);
    return isHealthy;
  }

  close(): Promise<void> {
    // Not quit(): it would wait for a Redis that is away.
    this.#reconnectListeners.clear();
    this.#publisher.disconnect();
    this.#subscriber.disconnect();
    return Promise.resolve();
  }

  // ioredis has sent its SUBSCRIBEs by now; the answer to a PING behind them says that they hold.
  async #reconnected(): Promise<void> {
    await this.#subscriber.ping().catch(() => undefined);
    for (const listener of this.#reconnectListeners) listener();
  }
}

function channelOf(tenantId: string): string {
  return `nexora:journal:${tenantId}`;
}
