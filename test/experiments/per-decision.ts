import type { Plan } from "./plan.ts";
import { Random } from "./random.ts";

// Per decision: an arm is drawn by one draw from each posterior, which picks arm k with exactly the probability P(best) that is its weight.

/** P2: Chapelle and Li 2011, "An Empirical Evaluation of Thompson Sampling", figure 1: .5 against nine times .4, regret at each of `at`. */
export function simulatePerDecision({ runs, seed }: Plan, at: readonly number[]): number[] {
  const random = new Random(seed);
  const rates = [0.5, ...Array.from({ length: 9 }, () => 0.4)];
  const sums = at.map(() => 0);
  for (let run = 0; run < runs; run++) {
    const alphas = rates.map(() => 1);
    const betas = rates.map(() => 1);
    let regret = 0;
    let reached = 0;
    for (let t = 1; t <= (at.at(-1) ?? 0); t++) {
      const arm = draw(random, alphas, betas);
      const rate = rates[arm] ?? 0;
      regret += 0.5 - rate;
      const counted = random.uniform() < rate ? alphas : betas;
      counted[arm] = (counted[arm] ?? 0) + 1;
      if (t === at[reached]) sums[reached] = (sums[reached++] ?? 0) + regret;
    }
  }
  return sums.map((sum) => sum / runs);
}

/**
 * P3: the same paper, table 1: ten arms with rates from Beta(4, 4), of which one is replaced at each step with probability 1/1,000; what
 * is learned comes back every `delay` steps. Mean regret after `steps`.
 */
export function simulateDelayedFeedback({ runs, seed }: Plan, delay: number, steps = 1_000_000): number {
  const random = new Random(seed);
  let regret = 0;
  for (let run = 0; run < runs; run++) {
    const rates = Array.from({ length: 10 }, () => random.beta(4, 4));
    const alphas = rates.map(() => 1);
    const betas = rates.map(() => 1);
    const wins = rates.map(() => 0);
    const losses = rates.map(() => 0);
    let best = Math.max(...rates);
    for (let t = 1; t <= steps; t++) {
      if (random.uniform() < 0.001) {
        const arm = Math.floor(random.uniform() * rates.length);
        rates[arm] = random.beta(4, 4);
        for (const [list, fresh] of [
          [alphas, 1],
          [betas, 1],
          [wins, 0],
          [losses, 0],
        ] as const) {
          list[arm] = fresh;
        }
        best = Math.max(...rates);
      }
      const arm = draw(random, alphas, betas);
      const rate = rates[arm] ?? 0;
      regret += best - rate;
      const counted = random.uniform() < rate ? wins : losses;
      counted[arm] = (counted[arm] ?? 0) + 1;
      if (t % delay === 0) {
        release(alphas, wins);
        release(betas, losses);
      }
    }
  }
  return regret / runs;
}

function release(known: number[], waiting: number[]): void {
  for (const [i, count] of waiting.entries()) {
    known[i] = (known[i] ?? 0) + count;
    waiting[i] = 0;
  }
}

function draw(random: Random, alphas: readonly number[], betas: readonly number[]): number {
  let best = 0;
  let highest = -1;
  for (let i = 0; i < alphas.length; i++) {
    const rate = random.beta(alphas[i] ?? 1, betas[i] ?? 1);
    if (rate > highest) {
      highest = rate;
      best = i;
    }
  }
  return best;
}
