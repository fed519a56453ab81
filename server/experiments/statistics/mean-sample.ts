import type { Sample } from "./sample.ts";
import type { Sums } from "./sums.ts";

/** An amount per subject as a sample, with the unbiased variance. */
export function meanSample({ n, sum, sumSquares }: Sums): Sample {
  return {
    n,
    mean: n > 0 ? sum / n : 0,
    variance: n > 1 ? Math.max(0, (sumSquares - (sum * sum) / n) / (n - 1)) : 0,
  };
}
