/** One message of a feed, serialised once. */
export interface FeedMessage {
  readonly position: bigint;
  /** The GraphQL result. */
  readonly json: string;
  readonly cursor: string;
}

// A batch is written as a whole, so this is also about how far a connection's buffer can exceed its limit.
const maxBatchLength = 32 * 1024;

/** Messages that leave together: one buffer for all subscribers with the same key. */
export class FeedBatch {
  readonly messages: readonly FeedMessage[];
  readonly #last: FeedMessage;
  #key: string | undefined;
  #encoded: Buffer | undefined;

  constructor(messages: readonly FeedMessage[], last: FeedMessage) {
    this.messages = messages;
    this.#last = last;
  }

  /** Everything up to here is in it, or isn't for this feed. */
  get position(): bigint {
    return this.#last.position;
  }

  /** Its bytes on a transport. Subscribers with equal keys come one after the other and share them. */
  encoded(key: string, encode: (message: FeedMessage, key: string) => Buffer): Buffer {
    if (this.#encoded === undefined || this.#key !== key) {
      const [only, ...others] = this.messages.map((message) => encode(message, key));
      this.#encoded =
        only !== undefined && others.length === 0 ? only : Buffer.concat(only === undefined ? [] : [only, ...others]);
      this.#key = key;
    }
    return this.#encoded;
  }
}

export function toBatches(messages: readonly FeedMessage[]): FeedBatch[] {
  const batches: FeedBatch[] = [];
  let start = 0;
  let length = 0;
  for (const [index, message] of messages.entries()) {
    length += message.json.length;
    if (length < maxBatchLength && index < messages.length - 1) continue;
    batches.push(new FeedBatch(messages.slice(start, index + 1), message));
    start = index + 1;
    length = 0;
  }
  return batches;
}
