/** A bucket of cost. */
export interface RateLimitState {
  /** How much it holds. */
  readonly max: number;
  /** How much was in it. */
  readonly available: number;
  /** How much it gets back per second. */
  readonly restoreRate: number;
}

/** Reads the headers RateLimit and RateLimit-Policy; undefined where they aren't ours. */
export function readRateLimit(headers: Headers): RateLimitState | undefined {
  const limit = /^limit=(\d+), remaining=(\d+)/.exec(headers.get("ratelimit") ?? "");
  const policy = /^(\d+);w=(\d+)$/.exec(headers.get("ratelimit-policy") ?? "");
  if (limit === null || policy === null) return undefined;
  const [max, windowSeconds] = [Number(policy[1]), Number(policy[2])];
  return { max, available: Number(limit[2]), restoreRate: max / Math.max(1, windowSeconds) };
}
