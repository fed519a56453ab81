import { unitsOf, waitMs } from "./cost-bucket.ts";
import type { Caller } from "./cost-callers.ts";

/** `extensions.cost` of an answer. */
export interface CostExtension {
  /** The price by document and variables; null: it is too much to be counted. */
  readonly requested: number;
  /** What was taken for it in the end. */
  readonly actual: number;
  /** The tighter one of the caller's buckets. */
  readonly throttle: {
    readonly max: number;
    readonly available: number;
    readonly restoreRate: number;
  };
}

/** The bucket that holds least. */
export function tightest({ buckets, limits }: Caller, levels: readonly number[]): CostExtension["throttle"] {
  let least = 0;
  for (let index = 1; index < buckets.length; index += 1) {
    if ((levels[index] ?? 0) < (levels[least] ?? 0)) least = index;
  }
  const { max, restoreRate } = buckets[least]?.limits ?? limits;
  return { max, available: unitsOf(levels[least] ?? 0), restoreRate };
}

/** How long until all buckets hold the price; at least a millisecond. */
export function retryAfterMs({ buckets }: Caller, levels: readonly number[], price: number): number {
  let longest = 1;
  for (const [index, { limits }] of buckets.entries()) {
    longest = Math.max(longest, waitMs(levels[index] ?? 0, price, limits));
  }
  return longest;
}

/** The headers RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-07, which parsers know) of a bucket. */
export function rateLimitHeaders({
  max,
  available,
  restoreRate,
}: CostExtension["throttle"]): readonly (readonly [name: string, value: string])[] {
  const untilFull = Math.ceil((max - available) / restoreRate);
  return [
    ["ratelimit", `limit=${max}, remaining=${available}, reset=${untilFull}`],
    ["ratelimit-policy", policyOf(max, restoreRate)],
  ];
}

let lastPolicy = { max: 0, restoreRate: 0, text: "" };

/** Nearly always the same one. */
function policyOf(max: number, restoreRate: number): string {
  if (lastPolicy.max !== max || lastPolicy.restoreRate !== restoreRate) {
    lastPolicy = { max, restoreRate, text: `${max};w=${Math.ceil(max / restoreRate)}` };
  }
  return lastPolicy.text;
}
