import type { FeedBatch } from "./subscribe-message.ts";

/** Where a subscriber's messages go: one operation on a socket or a stream. */
export interface FeedSink {
  /** False: too much is waiting on the connection already. */
  readonly isReady: boolean;
  /** Resolves when it is ready again; never when it has ended, because whoever waits is closed with it. */
  ready(): Promise<void>;
  /** Returns whether it is ready for more. */
  send(batch: FeedBatch): boolean;
  /** Tells how far the feed has come, when no message does. */
  tellPosition(cursor: string): void;
  /** The feed can't go on. */
  fail(error: unknown): void;
}
