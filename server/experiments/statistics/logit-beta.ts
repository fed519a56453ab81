import betaLogarithm from "@stdlib/math-base-special-betaln";
import digamma from "@stdlib/math-base-special-digamma";
import trigamma from "@stdlib/math-base-special-trigamma";
import betaCumulative from "@stdlib/stats-base-dists-beta-cdf";

import type { BetaPosterior } from "./beta-posterior.ts";
import type { LinePosterior } from "./line-posterior.ts";
import { logitScale } from "./logit-scale.ts";

/** e^−40 of the peak is no mass. */
const tailExponent = 40;
/** An exponential tail bends too much for one rule beyond this many of its own lengths. */
const tailStep = 8;

/**
 * The logit of a Beta rate: mean m = ψ(α) − ψ(β), variance s² = ψ′(α) + ψ′(β). Cut at m, m ± 1.5 s, m ± 4 s, m ± 9 s; a small
 * parameter has a long exponential tail e^(αt) or e^(−βt), which is followed to its end in steps.
 */
export function logitBeta({ alpha, beta }: BetaPosterior): LinePosterior {
  const mean = digamma(alpha) - digamma(beta);
  const deviation = Math.sqrt(trigamma(alpha) + trigamma(beta));
  const logarithm = betaLogarithm(alpha, beta);
  const side = (tail: number): number[] => {
    const cuts = [1.5 * deviation, 4 * deviation];
    const end = Math.max(9 * deviation, tailExponent / tail);
    const step = Math.max(5 * deviation, tailStep / tail);
    for (let at = 4 * deviation + step; at < end - step / 2; at += step) cuts.push(at);
    return [...cuts, end];
  };
  return {
    cuts: [
      ...side(alpha)
        .map((distance) => mean - distance)
        .reverse(),
      mean,
      ...side(beta).map((distance) => mean + distance),
    ],
    mean: alpha / (alpha + beta),
    // x^α (1 − x)^β / B(α, β), where −ln x = ln(1 + e^−t) and −ln(1 − x) = ln(1 + e^t), both taken where nothing cancels.
    density: (t) => {
      const near = Math.log1p(Math.exp(-Math.abs(t)));
      return Math.exp(-alpha * (near + Math.max(0, -t)) - beta * (near + Math.max(0, t)) - logarithm);
    },
    cumulative: (t) => betaCumulative(logitScale.value(t), alpha, beta),
  };
}
