/** What an experiment expects of the world: rates that stay, rates that dip together, or arms that overtake each other. */
export type Drift = "POOLED" | "SEASONAL" | "DRIFTING";

/**
 * The least weight that an arm keeps, in 0…1. It falls with the subjects seen so far, as a constant one would cost for ever.
 * Only SEASONAL needs one, since it divides by the probability of an arm; for DRIFTING a floor does not help.
 */
export function explorationFloor(drift: Drift, subjects: number): number {
  return drift === "SEASONAL" ? Math.min(0.05, 100 / Math.max(1, subjects)) : 0;
}
