import type { Sums } from "./sums.ts";

/** The unbiased covariance of two amounts of the same subjects, in the product of their units; 0 for fewer than two subjects. */
export function sampleCovariance(x: Sums, y: Sums, sumProducts: number): number {
  return x.n > 1 ? (sumProducts - (x.sum * y.sum) / x.n) / (x.n - 1) : 0;
}
