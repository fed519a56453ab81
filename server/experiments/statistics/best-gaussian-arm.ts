import normalCumulative from "@stdlib/stats-base-dists-normal-cdf";

import { type BestArm, bestArm } from "./best-arm.ts";
import type { Direction } from "./direction.ts";
import type { GaussianPosterior } from "./gaussian-posterior.ts";
import type { LinePosterior } from "./line-posterior.ts";
import type { LineScale } from "./line-scale.ts";

const identity: LineScale = { value: (t) => t, slope: () => 1 };

/** P(best) and expected loss of each arm for amounts (revenue, seconds), whose means have Normal posteriors. Losses in the metric's units. */
export function bestGaussianArm(posteriors: readonly GaussianPosterior[], direction: Direction = "MAXIMISE"): BestArm {
  const sign = direction === "MAXIMISE" ? 1 : -1;
  return bestArm(
    posteriors.map(({ mean, variance }) => normalLine(sign * mean, Math.sqrt(variance))),
    identity,
  );
}

function normalLine(mean: number, deviation: number): LinePosterior {
  return {
    cuts: [-9, -4, -1.5, 0, 1.5, 4, 9].map((distance) => mean + distance * deviation),
    mean,
    density: (t) => Math.exp(-0.5 * ((t - mean) / deviation) ** 2) / (deviation * Math.sqrt(2 * Math.PI)),
    cumulative: (t) => normalCumulative(t, mean, deviation),
  };
}
