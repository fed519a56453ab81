import type { LineScale } from "./line-scale.ts";

const rate = (t: number): number => 1 / (1 + Math.exp(-t));

/** t = ln(rate / (1 − rate)). */
export const logitScale: LineScale = {
  value: rate,
  slope: (t) => rate(t) * rate(-t),
};
