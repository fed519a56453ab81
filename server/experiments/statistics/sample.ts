/** A metric in one arm, as far as the effect of an arm needs it. */
export interface Sample {
  /** Subjects. */
  readonly n: number;
  /** In the units of the metric. */
  readonly mean: number;
  /** Of one subject (not of the mean), in the units of the metric squared; 0 where it can't be told. */
  readonly variance: number;
}
