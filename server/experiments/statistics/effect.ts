import { ratioVariance } from "./ratio-variance.ts";
import type { Sample } from "./sample.ts";
import { welchDegrees } from "./welch-degrees.ts";

/** `ABSOLUTE`: treatment − control, in the units of the metric. `RELATIVE`: that divided by control, the lift: 0.1 is 10 % more. */
export type EffectKind = "ABSOLUTE" | "RELATIVE";

/** What an arm changes against the control. */
export interface Effect {
  readonly kind: EffectKind;
  readonly estimate: number;
  readonly standardError: number;
  /** Subjects in both arms. */
  readonly subjects: number;
  /** The control's mean, in the units of the metric: what a relative effect is relative to. */
  readonly baseline: number;
  /** By Welch and Satterthwaite. */
  readonly degreesOfFreedom: number;
}

/** The effect of `treatment` against `control`, or null where a variance is none or the control's mean is 0 for a relative one. */
export function effect(control: Sample, treatment: Sample, kind: EffectKind): Effect | null {
  if (!(control.n > 1 && treatment.n > 1 && control.variance > 0 && treatment.variance > 0)) return null;
  if (kind === "RELATIVE" && control.mean === 0) return null;
  const c = { mean: control.mean, variance: control.variance / control.n };
  const t = { mean: treatment.mean, variance: treatment.variance / treatment.n };
  const difference = t.mean - c.mean;
  return {
    kind,
    estimate: kind === "ABSOLUTE" ? difference : difference / c.mean,
    standardError: Math.sqrt(kind === "ABSOLUTE" ? t.variance + c.variance : ratioVariance(t, c, 0)),
    subjects: control.n + treatment.n,
    baseline: c.mean,
    degreesOfFreedom: welchDegrees(control, treatment),
  };
}
