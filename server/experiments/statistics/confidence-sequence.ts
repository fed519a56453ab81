import type { Effect } from "./effect.ts";
import type { EffectTest } from "./t-test.ts";

/** Where the sequence is narrowest, in subjects of both arms: N*. Wider before and after, valid everywhere. */
const tunedFor = 5_000;

/**
 * An interval that holds the effect at *all* looks together with probability 1 − α, so that anyone may look every day and stop when
 * it excludes zero: an asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas 2021, arXiv 2103.06476).
 *
 * Half width se √N √(2 (Nρ² + 1) / (N²ρ²) ln(√(Nρ² + 1) / α)), ρ² = (−2 ln α + ln(1 − 2 ln α)) / N*, N subjects in both arms.
 */
export function confidenceSequence(effect: Effect, alpha = 0.05, tuning = tunedFor): EffectTest {
  const rhoSquared = (-2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha))) / tuning;
  const scaled = effect.subjects * rhoSquared;
  const half =
    effect.standardError * Math.sqrt(((2 * (scaled + 1)) / scaled) * (0.5 * Math.log1p(scaled) - Math.log(alpha)));
  // Where the interval of level p just touches zero.
  const z = effect.estimate / effect.standardError;
  const evidence = (scaled * z * z) / (2 * (scaled + 1)) - 0.5 * Math.log1p(scaled);
  return {
    interval: [effect.estimate - half, effect.estimate + half],
    pValue: Math.min(1, Math.exp(-evidence)),
  };
}
