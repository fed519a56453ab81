import { meanSample } from "./mean-sample.ts";
import { ratioVariance } from "./ratio-variance.ts";
import { sampleCovariance } from "./sample-covariance.ts";
import type { Sample } from "./sample.ts";
import type { Sums } from "./sums.ts";

/** Sums of a metric that divides two amounts of each subject, such as revenue per order. */
export interface RatioSums {
  readonly numerator: Sums;
  /** Of the same subjects. */
  readonly denominator: Sums;
  /** Σ numerator · denominator over the subjects. */
  readonly sumProducts: number;
}

/** The ratio of sums as a sample per subject, its variance by the delta method (Deng, Knoblich, Lu 2018, arXiv 1803.06336). */
export function ratioSample({ numerator, denominator, sumProducts }: RatioSums): Sample {
  const n = denominator.n;
  const above = meanSample(numerator);
  const below = meanSample(denominator);
  if (n <= 1 || below.mean === 0) return { n, mean: 0, variance: 0 };
  const covariance = sampleCovariance(numerator, denominator, sumProducts);
  return { n, mean: above.mean / below.mean, variance: ratioVariance(above, below, covariance) };
}
