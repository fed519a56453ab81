import { type FeedBatch, type FeedMessage, toBatches } from "./subscribe-message.ts";
import type { FeedSink } from "./subscribe-sink.ts";

/** Messages in order; the feed has nothing else up to `through`. */
export interface FeedPage {
  readonly messages: readonly FeedMessage[];
  readonly through: bigint;
}

/** The group, as its members know it. */
export interface Followed {
  /** All entries up to here were handed to the live members. */
  readonly position: bigint;
  /** The place of the last message; null while it isn't known. */
  readonly lastMessage: bigint | null;
  leave(member: GroupMember): void;
  /** From now on the member gets what the group gets; both have to be at the same place. */
  goLive(member: GroupMember, lastMessage: bigint | null): void;
  isLive(member: GroupMember): boolean;
  /** Resolves when the group has moved on. */
  moved(): Promise<void>;
  /** The messages after a place, if they are still in memory. */
  recent(after: bigint): FeedPage | undefined;
  /** The messages after a place, made anew. */
  replay(after: bigint, previous: bigint): Promise<FeedPage>;
  cursorAt(position: bigint): string;
}

/**
 * One subscriber: a place in the journal and no queue. While its connection keeps up, the group hands it each message;
 * when it doesn't, nothing is kept for it, and it catches up from its place.
 */
export class GroupMember {
  readonly #group: Followed;
  readonly #sink: FeedSink;
  /** Everything up to here was sent, or isn't for this feed. Only valid while it isn't live. */
  #position: bigint;
  /** Place of its last message; null before the first one. */
  #lastMessage: bigint | null = null;
  readonly #start: bigint;
  /** The last place that the client was told, by a message or without one. */
  #told: bigint | undefined;
  #isClosed = false;

  constructor(group: Followed, sink: FeedSink, position: bigint) {
    this.#group = group;
    this.#sink = sink;
    this.#position = position;
    this.#start = position;
  }

  start(): void {
    void this.#catchUp();
  }

  /** Called by the group, for members that are live. False: it isn't any more. */
  receive(batch: FeedBatch): boolean {
    if (this.#sink.send(batch)) return true;
    this.#sent(batch);
    void this.#catchUp();
    return false;
  }

  /** Tells a live client how far the feed has come, if no message did since the last time. */
  tellPosition(): void {
    if (this.#isClosed || !this.#group.isLive(this)) return;
    this.#tell(this.#group.position);
  }

  /** The client has gone, or wants no more. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#group.leave(this);
  }

  fail(error: unknown): void {
    if (this.#isClosed) return;
    this.close();
    this.#sink.fail(error);
  }

  async #catchUp(): Promise<void> {
    try {
      while (!this.#isClosed) {
        if (!this.#sink.isReady) {
          await this.#sink.ready();
        } else if (this.#position === this.#group.position) {
          this.#group.goLive(this, this.#lastMessage);
          this.#tell(this.#position);
          return;
        } else if (this.#position > this.#group.position) {
          await this.#group.moved();
        } else {
          const { messages, through } =
            this.#group.recent(this.#position) ??
            (await this.#group.replay(this.#position, this.#lastMessage ?? this.#start));
          this.#sendAll(messages, through);
        }
      }
    } catch (error) {
      this.fail(error);
    }
  }

  #sendAll(messages: readonly FeedMessage[], through: bigint): void {
    for (const batch of toBatches(messages)) {
      if (this.#isClosed) return;
      const isReady = this.#sink.send(batch);
      this.#sent(batch);
      if (!isReady) return;
    }
    this.#position = through;
  }

  #sent({ position }: FeedBatch): void {
    this.#position = position;
    this.#lastMessage = position;
    this.#told = position;
  }

  #tell(position: bigint): void {
    // A live member has got all messages of the group.
    if (this.#told !== undefined && (position <= this.#told || position === this.#group.lastMessage)) return;
    this.#told = position;
    this.#sink.tellPosition(this.#group.cursorAt(position));
  }
}
