import type { ArmCounts } from "./arm-counts.ts";
import { confidenceSequence } from "./confidence-sequence.ts";
import { type EffectKind, effect } from "./effect.ts";
import { proportionSample } from "./proportion-sample.ts";
import type { EffectTest } from "./t-test.ts";

/** Below this many conversions in either arm the sequence's Normal approximation isn't to be trusted. */
const leastConversions = 10;

/** The confidence sequence of a conversion rate's effect, or null while it isn't shown: below 10 conversions in either arm. */
export function conversionSequence(
  control: ArmCounts,
  treatment: ArmCounts,
  kind: EffectKind = "ABSOLUTE",
  alpha = 0.05,
): EffectTest | null {
  if (Math.min(control.conversions, treatment.conversions) < leastConversions) return null;
  const found = effect(proportionSample(control), proportionSample(treatment), kind);
  return found && confidenceSequence(found, alpha);
}
