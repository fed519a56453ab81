/** What one arm of an experiment has seen. Numbers may be fractions: weighed, decayed or matured counts are counts as well. */
export interface ArmCounts {
  /** Subjects who converted, at most `exposures`. */
  readonly conversions: number;
  /** Subjects who were shown the arm. */
  readonly exposures: number;
}
