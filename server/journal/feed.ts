import type { Context } from "../operations/context.ts";
import type { JournalRecord } from "./entry.ts";

/** What a feed makes of one entry: the root value that the subscription's selection is executed on. */
export interface FeedUpdate {
  readonly position: bigint;
  readonly value: object;
}

type MaybePromise<T> = T | Promise<T>;

/** A subscription on the journal, with the arguments of one subscriber. Subscribers alike share it. */
export interface FeedPlan {
  /** The only entry types that can matter; undefined: all. */
  readonly types: readonly string[] | undefined;
  /** What subscribers get for these entries, in their order; one batch of reads for all of them. */
  updates(context: Context, records: readonly JournalRecord[]): MaybePromise<readonly FeedUpdate[]>;
}

/** A subscription field: how it reads its arguments. Throws AppError for those that it can't serve. */
export interface Feed {
  plan(args: Readonly<Record<string, unknown>>, context: Context): MaybePromise<FeedPlan>;
}
