/** One message of a feed, serialised once. */
export class FeedMessage {
  readonly position: bigint;
  /** The place of the message before it in this feed; null when it isn't known. */
  readonly previous: bigint | null;
  /** The GraphQL result. */
  readonly json: string;
  readonly cursor: string;
  #key: string | undefined;
  #encoded: Buffer | undefined;

  constructor(fields: { position: bigint; previous: bigint | null; json: string; cursor: string }) {
    this.position = fields.position;
    this.previous = fields.previous;
    this.json = fields.json;
    this.cursor = fields.cursor;
  }

  /** Its bytes on a transport. Subscribers with equal keys come one after the other and share them. */
  encoded(key: string, encode: (message: FeedMessage, key: string) => Buffer): Buffer {
    if (this.#encoded === undefined || this.#key !== key) {
      this.#encoded = encode(this, key);
      this.#key = key;
    }
    return this.#encoded;
  }
}
