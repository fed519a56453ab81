const order = 16;

/** The roots of the Legendre polynomial P₁₆, ascending, by Newton's method from Tricomi's approximation. */
const roots = Array.from({ length: order }, (_, i) => {
  let x = -Math.cos((Math.PI * (i + 0.75)) / (order + 0.5));
  for (let step = 0; step < 5; step++) {
    const [before = 0, value = 0] = legendre(x, order).slice(-2);
    x -= (value * (x * x - 1)) / (order * (x * value - before));
  }
  return x;
});

const rootWeights = roots.map((x) => {
  const before = legendre(x, order).at(-2) ?? 0;
  return (2 * (1 - x * x)) / (order * before) ** 2;
});

/**
 * Row i, column j: ∫ from −1 to the root i of the polynomial that is 1 at the root j and 0 at the others. The Legendre expansion of that
 * polynomial is Σ (n + ½) w_j P_n(x_j) P_n, and (2n + 1) ∫ P_n = P_{n+1} − P_{n−1}.
 */
const partialWeights = roots.map((to) => {
  const ends = legendre(to, order);
  return roots.map((x, j) => {
    const values = legendre(x, order);
    let sum = to + 1;
    for (let n = 1; n < order; n++) sum += (values[n] ?? 0) * ((ends[n + 1] ?? 0) - (ends[n - 1] ?? 0));
    return (sum * (rootWeights[j] ?? 0)) / 2;
  });
});

/** P₀(x) … P_degree(x), by Bonnet's recursion. */
function legendre(x: number, degree: number): number[] {
  const values = [1, x];
  for (let n = 2; n <= degree; n++) {
    values.push(((2 * n - 1) * x * (values[n - 1] ?? 0) - (n - 1) * (values[n - 2] ?? 0)) / n);
  }
  return values;
}

/** Gauss–Legendre quadrature of 16 points on [from, to]: exact for polynomials up to degree 31. */
export class GaussLegendre {
  static readonly size = order;
  readonly points: readonly number[];
  readonly #half: number;

  constructor(from: number, to: number) {
    this.#half = (to - from) / 2;
    this.points = roots.map((root) => from + this.#half * (1 + root));
  }

  /** ∫ over [from, to] of the function that has these values at the points. */
  integral(values: readonly number[]): number {
    return this.#half * dot(rootWeights, values);
  }

  /** ∫ from `from` to each of the points. */
  integralsToPoints(values: readonly number[]): number[] {
    return partialWeights.map((row) => this.#half * dot(row, values));
  }
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < order; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
