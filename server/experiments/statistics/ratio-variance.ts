/** A mean with its variance. */
interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** The variance of x / y by the delta method: of one subject or of means, as the variances given. `y.mean` is not 0. */
export function ratioVariance(x: Moments, y: Moments, covariance: number): number {
  const ratio = x.mean / y.mean;
  return (x.variance + ratio * ratio * y.variance - 2 * ratio * covariance) / (y.mean * y.mean);
}
