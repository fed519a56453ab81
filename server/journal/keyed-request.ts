/** What the caller asked to be done once: travels with the scope, so that the transaction of the effect keeps the result. */
export interface KeyedRequest {
  /** The member or key that asks; the nil uuid without a credential. */
  readonly principalId: string;
  readonly keyHash: Buffer;
  /** Of the field and its arguments: the same key with others is a mistake. */
  readonly fingerprint: Buffer;
  /** Whether a transaction has looked for the key. */
  isLookedUp: boolean;
  /** The part of a result that may be kept, as JSON. */
  encode(result: object): string;
}

/** What was kept when the effect was committed. */
export interface StoredResult {
  readonly result: Readonly<Record<string, unknown>>;
  /** The journal's position just after it; null when nothing was recorded. */
  readonly position: bigint | null;
}

/** Ends a transaction that has nothing to do: its effect is there already. Whoever gave the scope its key catches it. */
export class StoredResultFound extends Error {
  override readonly name = "StoredResultFound";
  readonly stored: StoredResult;

  constructor(stored: StoredResult) {
    super("the result is stored");
    this.stored = stored;
  }
}
