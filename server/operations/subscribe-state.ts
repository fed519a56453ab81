import type { Log } from "../log.ts";
import type { Context } from "./context.ts";
import { type FeedRenderer, isTooSlow } from "./subscribe-renderer.ts";
import { toBatches } from "./subscribe-message.ts";
import type { FeedSink } from "./subscribe-sink.ts";

/** What a subscriber is to see now. */
export interface State {
  readonly value: object;
  /** Equal texts are equal states: nothing is sent. */
  readonly version: string;
  /** It won't change any more. */
  readonly isFinal: boolean;
}

/**
 * A subscription on a thing that changes too often for the journal, such as the progress of an import: the latest state
 * counts, not each one on the way. `watch` refuses arguments that it can't serve by throwing an AppError.
 */
export interface StateFeed {
  watch(args: Readonly<Record<string, unknown>>, context: Context): Promise<() => Promise<State>>;
}

export interface StateSubscriptionOptions {
  readonly read: () => Promise<State>;
  readonly renderer: FeedRenderer;
  /** The journal's place, which messages carry like all others. */
  readonly position: () => bigint;
  readonly sink: FeedSink;
  readonly log: Log;
  readonly onClose: () => void;
}

const everyMs = 400;

/**
 * Reads the state a few times a second until it is final, whichever process changes it, and sends what is new. Those who
 * watch are few, and each read is one row by its key. A connection that is slow gets fewer messages, and the last one.
 */
export class StateSubscription {
  readonly #options: StateSubscriptionOptions;
  #timer: NodeJS.Timeout | undefined;
  #version: string | undefined;
  #isClosed = false;

  constructor(options: StateSubscriptionOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#step();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#options.onClose();
  }

  async #step(): Promise<void> {
    const { read, renderer, position, sink, log } = this.#options;
    try {
      if (!sink.isReady) await sink.ready();
      if (this.#isClosed) return;
      const { value, version, isFinal } = await renderer.within(read);
      if (version !== this.#version) {
        this.#version = version;
        const messages = await renderer.render([{ position: position(), value }], null);
        if (this.#isClosed) return;
        for (const batch of toBatches(messages)) sink.send(batch);
      }
      if (isFinal) return;
    } catch (error) {
      if (isTooSlow(error) && !this.#isClosed) {
        this.close();
        sink.fail(error);
        return;
      }
      log.warn({ err: error }, "a watched state couldn't be read; trying again");
    }
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.#step(), everyMs).unref();
  }
}
