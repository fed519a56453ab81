import type { OpenSubscription } from "../operations/subscribe.ts";
import type { FeedBatch, FeedMessage } from "../operations/subscribe-message.ts";
import type { FeedSink } from "../operations/subscribe-sink.ts";
import { textFrame } from "./frame-writer.ts";
import type { SocketConnection } from "./websocket-connection.ts";

const messageFrame = (message: FeedMessage, id: string) =>
  textFrame(`{"id":${JSON.stringify(id)},"type":"next","payload":${message.json}}`);

/**
 * A feed as graphql-ws wants it: an iterable. It yields nothing, because the messages go to the socket as prepared frames;
 * it stays pending until the feed ends.
 */
export class SocketFeed implements FeedSink, AsyncIterableIterator<never> {
  readonly #connection: SocketConnection;
  readonly #id: string;
  readonly #ended = Promise.withResolvers<IteratorReturnResult<undefined>>();
  #subscription: OpenSubscription | undefined;
  #isEnded = false;

  constructor(connection: SocketConnection, id: string) {
    this.#connection = connection;
    this.#id = id;
    this.#ended.promise.catch(() => undefined); // graphql-ws may have stopped asking
  }

  /** Set as soon as it is open. */
  set subscription(subscription: OpenSubscription) {
    this.#subscription = subscription;
  }

  get isReady(): boolean {
    return this.#connection.isReady;
  }

  ready(): Promise<void> {
    return this.#connection.ready();
  }

  send(batch: FeedBatch): boolean {
    return this.#connection.writer.write(batch.encoded(this.#id, messageFrame));
  }

  tellPosition(cursor: string): void {
    this.#connection.tellPosition(this.#id, cursor);
  }

  fail(error: unknown): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#ended.reject(error);
  }

  // ---- As graphql-ws sees it ----

  [Symbol.asyncIterator](): this {
    this.#subscription?.start();
    return this;
  }

  next(): Promise<IteratorResult<never, undefined>> {
    return this.#ended.promise;
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.#subscription?.close();
    if (!this.#isEnded) {
      this.#isEnded = true;
      this.#ended.resolve({ done: true, value: undefined });
    }
    return Promise.resolve({ done: true, value: undefined });
  }
}
