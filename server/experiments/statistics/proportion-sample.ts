import type { ArmCounts } from "./arm-counts.ts";
import type { Sample } from "./sample.ts";

/** A conversion rate as a sample: variance p (1 − p). */
export function proportionSample({ conversions, exposures }: ArmCounts): Sample {
  const mean = exposures > 0 ? conversions / exposures : 0;
  return { n: exposures, mean, variance: mean * (1 - mean) };
}
