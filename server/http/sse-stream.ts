import type { OutgoingHttpHeader, ServerResponse } from "node:http";
import type { GraphQLFormattedError } from "graphql";
import type { KnownPrincipal } from "../operations/principal.ts";
import type { FeedBatch, FeedMessage } from "../operations/subscribe-message.ts";
import type { FeedSink } from "../operations/subscribe-sink.ts";

/** How long a stream may take nothing before it is ended. Its client comes back with Last-Event-ID. */
const drainTimeoutMs = 15_000;
const maxUnwrittenBytes = 256 * 1024;
const maxTimerMs = 2_147_483_647;

// No operation on a socket can have this id: it would be a transport of its own in FeedBatch.encoded.
const encodingKey = "\0text/event-stream";

const nextEvent = ({ cursor, json }: FeedMessage) => Buffer.from(`event: next\nid: ${cursor}\ndata: ${json}\n\n`);

export interface EventStreamOptions {
  readonly formatError: (error: unknown) => GraphQLFormattedError;
  readonly now: () => Date;
}

/** One event stream (graphql-sse's distinct connections mode: one operation each). */
export class EventStream implements FeedSink {
  readonly principal: KnownPrincipal;
  readonly #response: ServerResponse;
  readonly #options: EventStreamOptions;
  #drain: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;
  #drainTimer: NodeJS.Timeout | undefined;
  #expiry: NodeJS.Timeout | undefined;

  constructor(response: ServerResponse, principal: KnownPrincipal, options: EventStreamOptions) {
    this.#response = response;
    this.principal = principal;
    this.#options = options;
    if (principal.expiresAt !== null) this.#endAt(principal.expiresAt.getTime());
    response.on("drain", () => this.#drained());
    response.once("close", () => {
      clearTimeout(this.#expiry);
      this.#drained();
    });
  }

  begin(headers: Readonly<Record<string, OutgoingHttpHeader | undefined>>): void {
    this.#response.writeHead(200, {
      ...headers,
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no", // nginx would keep the events until it has enough of them
    });
    this.#response.write(":\n\n");
  }

  /** Bytes that the connection hasn't taken yet. */
  get unwrittenBytes(): number {
    return this.#response.writableLength;
  }

  get isReady(): boolean {
    return this.unwrittenBytes < maxUnwrittenBytes;
  }

  ready(): Promise<void> {
    // Never after the end: whoever waits is closed together with it.
    if (this.#response.closed) return new Promise(() => undefined);
    if (this.isReady) return Promise.resolve();
    if (this.#drain === undefined) {
      this.#drain = Promise.withResolvers<void>();
      this.#drainTimer = setTimeout(() => this.cut(), drainTimeoutMs);
    }
    return this.#drain.promise;
  }

  send(batch: FeedBatch): boolean {
    this.#response.write(batch.encoded(encodingKey, nextEvent));
    return this.isReady;
  }

  /** The result of a query or mutation, which has no place in the journal. */
  sendResult(json: string): void {
    this.#response.write(`event: next\ndata: ${json}\n\n`);
  }

  /** An id without data: EventSource remembers it as the last one and tells nobody. */
  tellPosition(cursor: string): void {
    this.#response.write(`id: ${cursor}\n\n`);
  }

  /** A comment, so that nobody on the way thinks the connection dead. */
  beat(): void {
    if (this.isReady) this.#response.write(":\n\n");
  }

  fail(error: unknown): void {
    this.sendResult(JSON.stringify({ errors: [this.#options.formatError(error)] }));
    this.complete();
  }

  complete(): void {
    this.#response.end("event: complete\ndata:\n\n");
  }

  /** Ends it without a word, so that the client comes back. */
  cut(): void {
    this.#response.destroy();
  }

  #drained(): void {
    clearTimeout(this.#drainTimer);
    const drain = this.#drain;
    this.#drain = undefined;
    drain?.resolve();
  }

  #endAt(time: number): void {
    const ms = time - this.#options.now().getTime();
    this.#expiry =
      ms > maxTimerMs ? setTimeout(() => this.#endAt(time), maxTimerMs) : setTimeout(() => this.cut(), Math.max(0, ms));
    this.#expiry.unref();
  }
}
