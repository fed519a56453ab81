import { simulateLateConversions } from "./late-conversions.ts";
import { simulateLowRates } from "./low-rates.ts";
import { simulateOvertaking, simulateSeason } from "./moving-world.ts";
import { simulateFalseWinners, simulateRatioAlarm } from "./no-difference.ts";
import { simulateDelayedFeedback, simulatePerDecision } from "./per-decision.ts";
import type { Plan } from "./plan.ts";
import { simulateTwoRates } from "./two-rates.ts";

/** One number and what it has to be. */
export interface Reading {
  readonly what: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
}

/** A problem that the statistics have to be good at, and in how many runs that is seen. */
export interface Gate {
  readonly name: string;
  /** `quick` is what `npm test` runs (none: too long for it), `full` what `npm run sim:experiments` does, `nightly` with `--nightly`. */
  readonly runs: { readonly quick?: number; readonly full?: number; readonly nightly?: number };
  readonly read: (plan: Plan) => Reading[];
}

/** Regret of Thompson sampling in table 1 of Chapelle and Li 2011, by the steps after which feedback is released. */
const delayedFeedback = [
  [1, 9_105],
  [3, 9_199],
  [10, 9_049],
  [32, 9_451],
  [100, 11_550],
  [316, 21_594],
  [1_000, 59_256],
] as const;

export const gates: readonly Gate[] = [
  {
    name: "P1 ten arms, T = 20,000",
    runs: { quick: 40, full: 400 },
    read: (plan) => [{ what: "regret", value: simulateLowRates(plan, 20_000).mean, most: 120 }],
  },
  {
    name: "P1 ten arms, T = 200,000",
    runs: { quick: 3, full: 60 },
    read: (plan) => [{ what: "regret", value: simulateLowRates(plan, 200_000).mean, most: 160 }],
  },
  {
    name: "P2 .5 against .4, per decision",
    runs: { full: 40 },
    read: (plan) => {
      const [before = NaN, end = NaN] = simulatePerDecision(plan, [100_000, 1_000_000]);
      // Lai and Robbins' lower bound grows by 44.7 for each unit of ln t.
      const slope = (end - before) / Math.LN10 / 44.7;
      return [
        { what: "regret at 10⁶", value: end, least: 315, most: 365 },
        { what: "slope / lower bound", value: slope, least: 0.75, most: 1.15 },
      ];
    },
  },
  ...delayedFeedback.map(([delay, paper]): Gate => ({
    name: `P3 feedback every ${delay} steps`,
    // One run is within a tenth of the mean; that says something only where ours is far below the paper's.
    runs: {
      nightly: 100,
      ...([1, 100, 1_000].includes(delay) && { full: 10 }),
      ...([100, 1_000].includes(delay) && { quick: 1 }),
    },
    read: (plan) => {
      const value = simulateDelayedFeedback(plan, delay) / paper;
      // Ten runs are a rougher measure than the paper's hundred.
      return [{ what: "regret / paper's", value, most: plan.runs < 100 ? 1.15 : 1.1 }];
    },
  })),
  {
    name: "P4 4 % against 5 %, 100 visits a day",
    runs: { quick: 100, full: 500 },
    read: (plan) => {
      const { days, rightShare, conversionsSaved } = simulateTwoRates(plan);
      return [
        { what: "days", value: days, least: 42, most: 54 },
        { what: "right arm", value: rightShare, least: 0.95 },
        { what: "conversions saved", value: conversionsSaved },
      ];
    },
  },
  {
    name: "P5 no difference, 1,000 looks",
    runs: { quick: 400, full: 4_000 },
    read: (plan) => [{ what: "false winners", value: simulateFalseWinners(plan), most: 0.05 }],
  },
  {
    name: "P5 half and half, a look after each user",
    runs: { quick: 20, full: 4_000 },
    read: (plan) => [{ what: "false alarms", value: simulateRatioAlarm(plan, 0.5).alarmed, most: 0.001 }],
  },
  {
    name: "P5 51 : 49, a look after each user",
    runs: { quick: 40, full: 400 },
    read: (plan) => {
      const { alarmed, after } = simulateRatioAlarm(plan, 0.51);
      return [
        { what: "found", value: alarmed, least: 0.95 },
        { what: "after users", value: after },
      ];
    },
  },
  {
    name: "P6 the best arm changes, half-life 10,000",
    runs: { quick: 15, full: 200 },
    read: (plan) => {
      const { recovery, regret } = simulateOvertaking(plan, 10_000);
      return [
        { what: "median users to recover", value: recovery.median, most: 9_000 },
        { what: "regret", value: regret.mean },
      ];
    },
  },
  {
    name: "P7 a season, SEASONAL",
    runs: { quick: 40, full: 200 },
    read: (plan) => {
      const { regret, wrongLeader } = simulateSeason(plan);
      return [
        { what: "regret", value: regret.mean, most: 110 },
        { what: "wrong leader", value: wrongLeader, most: 0.01 },
      ];
    },
  },
  {
    name: "P8 late conversions, curve of delays estimated",
    runs: { quick: 10, full: 300 },
    read: (plan) => [{ what: "regret", value: simulateLateConversions(plan, "ESTIMATED").mean, most: 110 }],
  },
  {
    name: "P8 late conversions, true curve",
    runs: { full: 300 },
    read: (plan) => [{ what: "regret", value: simulateLateConversions(plan, "TRUE").mean, most: 110 }],
  },
];

export function isMet({ value, least = -Infinity, most = Infinity }: Reading): boolean {
  return value >= least && value <= most;
}
