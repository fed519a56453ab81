import type { ArmCounts } from "./arm-counts.ts";

/**
 * Counts for DRIFTING experiments: what was seen loses half of its worth with every `halfLife` subjects that enter, in all arms together.
 * Call it for each arm with the subjects since the last time, then add what they did.
 */
export function decayedCounts({ conversions, exposures }: ArmCounts, subjects: number, halfLife: number): ArmCounts {
  const kept = 2 ** (-subjects / halfLife);
  return { conversions: conversions * kept, exposures: exposures * kept };
}
