import type { Sample } from "./sample.ts";

/** Degrees of freedom of a difference of two means with unequal variances (Welch 1947; Satterthwaite 1946). */
export function welchDegrees(a: Sample, b: Sample): number {
  const [va, vb] = [a.variance / a.n, b.variance / b.n];
  return (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
}
