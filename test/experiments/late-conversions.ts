import { type DelayCurve, delayCurve } from "../../server/experiments/statistics/delay-curve.ts";
import { maturedExposures } from "../../server/experiments/statistics/matured-exposures.ts";
import { weights } from "../../server/experiments/statistics/weights.ts";
import { equalWeights, serveBatch } from "./bandit.ts";
import { type Figures, figures } from "./figures.ts";
import type { Plan } from "./plan.ts";
import { Random } from "./random.ts";

const rates = [0.05, 0.04, 0.04];
const subjects = 100_000;
const batchSize = 1_000;
const meanDelay = 10_000;

const trueCurve: DelayCurve = (age) => -Math.expm1(-age / meanDelay);

interface Conversion {
  arm: number;
  exposedAt: number;
  convertedAt: number;
}

/** P8: conversions that come 10,000 users after the exposure on average; time is counted in users. `ESTIMATED`: from the delays seen so far. */
export function simulateLateConversions({ runs, seed }: Plan, curve: "TRUE" | "ESTIMATED" | "RAW"): Figures {
  const random = new Random(seed);
  return figures(
    Array.from({ length: runs }, () => {
      const exposed: { at: number; exposures: number[] }[] = [];
      const conversions: Conversion[] = [];
      let shares = equalWeights(rates.length);
      let regret = 0;
      for (let seen = 0; seen < subjects;) {
        const batch = serveBatch(random, batchSize, shares, rates);
        regret += batch.regret;
        const at = seen + batchSize / 2;
        exposed.push({ at, exposures: batch.arms.map((arm) => arm.exposures) });
        for (const [arm, { conversions: count }] of batch.arms.entries()) {
          for (let i = 0; i < count; i++)
            conversions.push({ arm, exposedAt: at, convertedAt: at + random.exponential(meanDelay) });
        }
        seen += batchSize;
        shares = weights(countsAt(seen, exposed, conversions, curve));
      }
      return regret;
    }),
  );
}

function countsAt(
  now: number,
  exposed: readonly { at: number; exposures: number[] }[],
  conversions: readonly Conversion[],
  kind: "TRUE" | "ESTIMATED" | "RAW",
): { conversions: number; exposures: number }[] {
  const arrived = conversions.filter(({ convertedAt }) => convertedAt <= now);
  const curve = curveOf(kind, now, arrived);
  return rates.map((_, arm) => ({
    conversions: arrived.filter((one) => one.arm === arm).length,
    exposures: maturedExposures(
      exposed.map(({ at, exposures }) => ({ age: now - at, exposures: exposures[arm] ?? 0 })),
      curve,
    ),
  }));
}

function curveOf(kind: "TRUE" | "ESTIMATED" | "RAW", now: number, arrived: readonly Conversion[]): DelayCurve {
  if (kind === "RAW") return () => 1;
  if (kind === "TRUE") return trueCurve;
  return delayCurve(
    arrived.map(({ exposedAt, convertedAt }) => ({
      delay: convertedAt - exposedAt,
      age: now - exposedAt,
      conversions: 1,
    })),
  );
}
