import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Chance that a seed repeats. */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;
  /** The polar method makes two normal draws at a time. */
  #spare: number | null = null;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** In [0, 1). */
  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  exponential(mean: number): number {
    return -mean * Math.log1p(-this.uniform());
  }

  /** How many of n succeed: by inversion, walking up from 0, in parts so small that the first term is no underflow. */
  binomial(n: number, p: number): number {
    if (n <= 0 || p <= 0) return 0;
    if (p > 0.5) return n - this.binomial(n, 1 - p);
    if (n > 1_000) return this.binomial(1_000, p) + this.binomial(n - 1_000, p);
    const odds = p / (1 - p);
    let left = this.uniform();
    let term = (1 - p) ** n;
    let k = 0;
    while (left >= term && k < n) {
      left -= term;
      k++;
      term *= (odds * (n - k + 1)) / k;
    }
    return k;
  }

  /** n subjects divided by the weights, which sum to 1. */
  multinomial(n: number, weights: readonly number[]): number[] {
    let left = n;
    let rest = 1;
    return weights.map((weight, i) => {
      const count = i === weights.length - 1 ? left : this.binomial(left, Math.min(1, weight / rest));
      left -= count;
      rest = Math.max(Number.EPSILON, rest - weight);
      return count;
    });
  }

  beta(alpha: number, beta: number): number {
    const a = this.#gamma(alpha);
    return a / (a + this.#gamma(beta));
  }

  /** Marsaglia and Tsang 2000, for shapes from 1. */
  #gamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.#normal();
      const v = (1 + c * x) ** 3;
      if (v <= 0) continue;
      const u = this.uniform();
      const squared = x * x;
      if (u < 1 - 0.0331 * squared * squared || Math.log(u) < 0.5 * squared + d * (1 - v + Math.log(v))) return d * v;
    }
  }

  /** Marsaglia's polar method. */
  #normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const r = x * x + y * y;
      if (r >= 1 || r === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(r)) / r);
      this.#spare = y * factor;
      return x * factor;
    }
  }
}
