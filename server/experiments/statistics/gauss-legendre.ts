const order = 16;

/** One point of a quadrature rule. */
export interface QuadraturePoint {
  readonly at: number;
  readonly weight: number;
}

/** The rule of 16 points on [−1, 1], exact for polynomials up to degree 31: the roots of the Legendre polynomial, by Newton's method. */
const unitRule: readonly QuadraturePoint[] = Array.from({ length: order }, (_, i) => {
  // Tricomi's approximation is close enough that five steps reach the last bit.
  let x = -Math.cos((Math.PI * (i + 0.75)) / (order + 0.5));
  let slope = 1;
  for (let step = 0; step < 5; step++) {
    const { value, derivative } = legendre(x);
    slope = derivative;
    x -= value / derivative;
  }
  return { at: x, weight: 2 / ((1 - x * x) * slope * slope) };
});

/** P₁₆(x) and its derivative, by Bonnet's recursion. */
function legendre(x: number): { value: number; derivative: number } {
  let before = 1;
  let value = x;
  for (let n = 2; n <= order; n++) [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n];
  return { value, derivative: (order * (x * value - before)) / (x * x - 1) };
}

/** The 16 points of the Gauss–Legendre rule on [from, to]. */
export function gaussLegendre(from: number, to: number): QuadraturePoint[] {
  const middle = (from + to) / 2;
  const half = (to - from) / 2;
  return unitRule.map(({ at, weight }) => ({ at: middle + half * at, weight: half * weight }));
}
