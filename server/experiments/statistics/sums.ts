/** Sums over the subjects of an arm of a metric that has an amount: revenue in minor units, seconds. */
export interface Sums {
  /** Subjects, those without an amount too. */
  readonly n: number;
  readonly sum: number;
  readonly sumSquares: number;
}
