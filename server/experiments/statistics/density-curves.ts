import type { BetaPosterior } from "./beta-posterior.ts";
import { logitBeta } from "./logit-beta.ts";
import { logitScale } from "./logit-scale.ts";
import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";

/** The posterior densities of all arms on one axis, ready to plot. */
export interface DensityCurves {
  /** Rates, ascending, evenly spaced, length `points`. */
  readonly rates: readonly number[];
  /** One list per arm, in the order of the arms, of as many densities: the area under each is 1 over all rates. */
  readonly densities: readonly (readonly number[])[];
}

/** What is left out at each end of the axis, as a share of the arm that reaches farthest. */
const leftOut = 0.0005;

/** Curves from the lowest to the highest rate that is plausible for any arm. */
export function densityCurves(posteriors: readonly BetaPosterior[], points = 101): DensityCurves {
  const from = Math.min(...posteriors.map(({ alpha, beta }) => betaQuantile(leftOut, alpha, beta)));
  const to = Math.max(...posteriors.map(({ alpha, beta }) => betaQuantile(1 - leftOut, alpha, beta)));
  const rates = Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1));
  return {
    rates,
    densities: posteriors.map((posterior) => {
      const line = logitBeta(posterior);
      // From a density per logit to one per rate: d logit / d rate = 1 / slope.
      return rates.map((rate) => {
        const logit = Math.log(rate) - Math.log1p(-rate);
        return line.density(logit) / logitScale.slope(logit);
      });
    }),
  };
}
