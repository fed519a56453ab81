/** How much a bucket holds, and how fast it fills again. */
export interface BucketLimits {
  /** Units of cost. */
  readonly max: number;
  /** Units per second. */
  readonly restoreRate: number;
}

/** One bucket. */
export interface Bucket {
  /** The same in all processes. In braces: what the names of one caller's buckets share, so that they live on one node. */
  readonly name: string;
  readonly limits: BucketLimits;
}

export interface Taken {
  /** False: at least one bucket holds too little, and nothing was taken from any. */
  readonly isTaken: boolean;
  /** How much each bucket holds now, in thousandths of a unit, in their order. */
  readonly levels: readonly number[];
}

/** Buckets that all processes share. Rejects when they can't be reached in time; then nobody knows whether it was taken. */
export interface SharedBuckets {
  /** Takes the price from all buckets or from none. */
  take(buckets: readonly Bucket[], price: number): Promise<Taken>;
  /** Changes all levels by an amount: what is too much for a bucket is dropped, and no level falls below zero. */
  give(buckets: readonly Bucket[], amount: number): Promise<Taken>;
  close(): Promise<void>;
}
