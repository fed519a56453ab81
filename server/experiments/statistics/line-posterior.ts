/**
 * A posterior as quadrature sees it: a distribution of t on the real line. t is the value itself for a Normal posterior, and the
 * logit of the rate for a Beta posterior, where even a rate of one in a million has room.
 */
export interface LinePosterior {
  /** Ascending. The first and the last bound all of the mass that a double can tell from none; between two the density is smooth. */
  readonly cuts: readonly number[];
  /** Mean of the value (not of t). */
  readonly mean: number;
  readonly density: (t: number) => number;
  readonly cumulative: (t: number) => number;
}
