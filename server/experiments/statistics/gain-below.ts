import type { BetaPosterior } from "./beta-posterior.ts";
import type { Direction } from "./direction.ts";
import { GaussLegendre } from "./gauss-legendre.ts";
import { logitBeta } from "./logit-beta.ts";
import { logitScale } from "./logit-scale.ts";

/**
 * P(the best arm beats the arm `leader` by less than `share` of the leader's rate): P((max θ − θ_leader) / θ_leader < share), or with
 * (θ_leader − min θ) / θ_leader to minimise. At 0.95 and more, there is next to nothing left to gain by going on.
 *
 * = ∫ f_leader(x) ∏_{i≠leader} F_i((1 + share) x) dx, cut where the leader or a scaled rival bends.
 */
export function gainBelow(
  posteriors: readonly BetaPosterior[],
  leader: number,
  share: number,
  direction: Direction = "MAXIMISE",
): number {
  const lead = posteriors[leader];
  if (!lead) return NaN;
  const line = logitBeta(lead);
  const rivals = posteriors.filter((_, i) => i !== leader).map(logitBeta);
  const factor = direction === "MAXIMISE" ? 1 + share : 1 - share;
  const [from = 0, to = 0] = [line.cuts[0], line.cuts.at(-1)];
  const scaledCuts = rivals.flatMap((rival) => rival.cuts.map((cut) => logit(logitScale.value(cut) / factor)));
  const cuts = [...new Set([...line.cuts, ...scaledCuts])]
    .filter((cut) => cut >= from && cut <= to)
    .sort((a, b) => a - b);

  let probability = 0;
  for (const [i, end] of cuts.slice(1).entries()) {
    const rule = new GaussLegendre(cuts[i] ?? from, end);
    probability += rule.integral(
      rule.points.map((t) => {
        const bound = logit(Math.min(1, factor * logitScale.value(t)));
        const below = rivals.map((rival) => rival.cumulative(bound));
        const within = below.map((mass) => (direction === "MAXIMISE" ? mass : 1 - mass));
        return line.density(t) * within.reduce((product, mass) => product * mass, 1);
      }),
    );
  }
  return Math.min(1, probability);
}

function logit(rate: number): number {
  return Math.log(rate) - Math.log1p(-rate);
}
