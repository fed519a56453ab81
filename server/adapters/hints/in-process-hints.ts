import { PubSub } from "graphql-subscriptions";
import type { Hint, HintBus } from "../../journal/hints.port.ts";

/** Hints among the subscribers of one process. */
export class InProcessHints implements HintBus {
  readonly #pubSub = new PubSub();

  publish(hint: Hint): void {
    void this.#pubSub.publish(hint.tenantId, hint);
  }

  async subscribe(tenantId: string, onHint: (hint: Hint) => void): Promise<() => Promise<void>> {
    const id = await this.#pubSub.subscribe(tenantId, onHint);
    let isSubscribed = true;
    return () => {
      if (isSubscribed) this.#pubSub.unsubscribe(id);
      isSubscribed = false;
      return Promise.resolve();
    };
  }

  onReconnect(): void {
    // nothing can disconnect
  }

  isHealthy(): Promise<boolean> {
    return Promise.resolve(true);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
