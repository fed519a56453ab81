import type { NexoraError } from "./errors.ts";
import type { FeedObserver, SubscriptionState } from "./feed.ts";

export interface SubscribeOptions {
  /** Aborting it ends the subscription and the loop over it, without an error. */
  readonly signal?: AbortSignal;
  readonly onState?: (state: SubscriptionState) => void;
}

interface Source {
  start(): void;
  pause(): void;
  stop(): void;
}

/** A loop that doesn't keep up gets no more than this ahead of itself; the rest stays with the server. */
const maxQueued = 1_000;

/**
 * The updates of a subscription, each once and in order, for one `for await` loop. It runs from the moment it is made.
 * Leaving the loop ends it.
 */
export class Subscription<Data> implements AsyncIterableIterator<Data> {
  readonly #source: Source;
  readonly #queue: { readonly data: Data; readonly cursor: string | undefined }[] = [];
  #waiting: (() => void)[] = [];
  #awaitingLive: { resolve: () => void; reject: (error: Error) => void }[] = [];
  #state: SubscriptionState = "connecting";
  #cursor: string | undefined;
  #isPaused = false;
  #isEnded = false;
  #error: NexoraError | undefined;

  constructor(connect: (observer: FeedObserver<Data>) => Source, { signal, onState }: SubscribeOptions) {
    this.#source = connect({
      next: (data, cursor) => this.#receive(data, cursor),
      error: (error) => this.#end(error),
      complete: () => this.#end(),
      state: (state) => {
        this.#state = state;
        onState?.(state);
        if (state === "live") for (const { resolve } of this.#awaitingLive.splice(0)) resolve();
      },
    });
    if (signal?.aborted === true) this.close();
    else {
      signal?.addEventListener("abort", () => this.close(), { once: true });
      this.#source.start();
    }
  }

  get state(): SubscriptionState {
    return this.#state;
  }

  /** The place just after the update that the loop got last: store it, and later subscribe `after` it. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** Resolves when everything that happens from now on will be delivered. */
  whenLive(): Promise<void> {
    if (this.#state === "live") return Promise.resolve();
    if (this.#isEnded) return Promise.reject(this.#error ?? new Error("the subscription has ended"));
    return new Promise((resolve, reject) => this.#awaitingLive.push({ resolve, reject }));
  }

  /** Ends the subscription; the loop gets no further update. */
  close(): void {
    this.#queue.length = 0;
    this.#end();
    this.#source.stop();
  }

  async next(): Promise<IteratorResult<Data, undefined>> {
    for (;;) {
      const update = this.#queue.shift();
      if (update !== undefined) {
        this.#cursor = update.cursor ?? this.#cursor;
        if (this.#isPaused && this.#queue.length < maxQueued / 2) {
          this.#isPaused = false;
          this.#source.start();
        }
        return { done: false, value: update.data };
      }
      if (this.#error !== undefined) {
        const error = this.#error;
        this.#error = undefined; // told once; after it the loop is over
        throw error;
      }
      if (this.#isEnded) return { done: true, value: undefined };
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  return(): Promise<IteratorResult<Data, undefined>> {
    this.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #receive(data: Data, cursor: string | undefined): void {
    this.#queue.push({ data, cursor });
    if (this.#queue.length >= maxQueued && !this.#isPaused) {
      this.#isPaused = true;
      this.#source.pause();
    }
    this.#wake();
  }

  #end(error?: NexoraError): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#error = error;
    for (const { reject } of this.#awaitingLive.splice(0)) reject(error ?? new Error("the subscription has ended"));
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
