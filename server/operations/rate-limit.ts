import type { RateLimit } from "../../schema/rate-limit.ts";
import type { Context } from "./context.ts";
import { unitsOf } from "./cost-bucket.ts";
import type { CostMeter } from "./cost-meter.ts";
import { limits } from "./limits.ts";
import { maxPageSize } from "./paginate.ts";

/** The limits of the context's caller. */
export async function rateLimitOf(
  cost: Pick<CostMeter, "callerOf" | "levelsOf" | "maximumOf">,
  context: Context,
): Promise<RateLimit> {
  const caller = await cost.callerOf(context);
  const levels = cost.levelsOf(caller);
  const buckets = caller.buckets.map(({ scope, limits: { max, restoreRate } }, index) => ({
    scope,
    max,
    available: unitsOf(levels[index] ?? 0),
    restoreRate,
  }));
  return { buckets, operation: { ...limits, maxCost: cost.maximumOf(context), maxPageSize } };
}
