import { Ctx, Extensions, Query, Resolver } from "type-graphql";
import { RateLimit } from "../../schema/rate-limit.ts";
import type { Context } from "./context.ts";
import type { CostMeter } from "./cost-meter.ts";
import { rateLimitOf } from "./rate-limit.ts";

@Resolver()
export class RateLimitResolver {
  readonly #cost: Pick<CostMeter, "callerOf" | "levelsOf" | "maximumOf">;

  constructor(cost: Pick<CostMeter, "callerOf" | "levelsOf" | "maximumOf">) {
    this.#cost = cost;
  }

  @Extensions({ action: "limits:read" })
  @Query(() => RateLimit, { description: "The caller's limits, and how much of them is left." })
  rateLimit(@Ctx() context: Context): Promise<RateLimit> {
    return rateLimitOf(this.#cost, context);
  }
}
