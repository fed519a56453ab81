import type { BucketLimits } from "./cost-buckets.port.ts";

/**
 * The sums of the buckets, which Redis does in a script of its own (adapters/buckets/take-script.ts); a test compares the
 * two. Levels are thousandths, so that what is restored in a millisecond is a whole number and no sum depends on how often
 * it is made.
 */
const thousandths = 1_000;

/** How full a bucket was, and when. */
export interface Level {
  readonly level: number;
  readonly atMs: number;
}

export function fullLevel({ max }: BucketLimits): number {
  return max * thousandths;
}

/** How full it is now. A clock that goes back restores nothing. */
export function restoredLevel({ level, atMs }: Level, { max, restoreRate }: BucketLimits, nowMs: number): number {
  const restored = level + Math.max(0, nowMs - atMs) * restoreRate;
  return Math.max(0, Math.min(max * thousandths, restored));
}

/** A level after something was taken (or, below zero, given back). What a bucket doesn't have it doesn't owe. */
export function changedLevel(level: number, taken: number, { max }: BucketLimits): number {
  return Math.max(0, Math.min(max * thousandths, level - taken * thousandths));
}

export function holds(level: number, price: number): boolean {
  return level >= price * thousandths;
}

/** How long until a bucket holds the price. */
export function waitMs(level: number, price: number, { restoreRate }: BucketLimits): number {
  return Math.max(0, Math.ceil((price * thousandths - level) / restoreRate));
}

/** Whole units, as callers are told. */
export function unitsOf(level: number): number {
  return Math.floor(level / thousandths);
}
