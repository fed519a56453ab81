import { VariantStatus, type VariantDefinition } from "./experiment-definition.ts";
import { roundedWeights } from "./rounded-weights.ts";

/**
 * The weights under which new subjects come in, one for each variant: paused and dropped ones have 0 and the active ones share
 * what is left in proportion. Null when none is active: then nobody can come in.
 */
export function openWeights(variants: readonly Pick<VariantDefinition, "status" | "weight">[]): number[] | null {
  const isOpen = variants.map(({ status }) => status === VariantStatus.ACTIVE);
  const open = isOpen.filter(Boolean).length;
  if (open === 0) return null;
  const sum = variants.reduce((total, { weight }, index) => (isOpen[index] ? total + weight : total), 0);
  // What was dropped or paused had everything: nothing is known about the others.
  const share = (weight: number): number => (sum > 0 ? weight / sum : 1 / open);
  return roundedWeights(variants.map(({ weight }, index) => (isOpen[index] ? share(weight) : 0)));
}
