import { expect, it } from "@jest/globals";

import { amountPosteriors } from "./amount-posteriors.ts";
import { bestGaussianArm } from "./best-gaussian-arm.ts";

const orders = (n: number, amounts: readonly number[]) => ({
  n,
  sum: amounts.reduce((sum, amount) => sum + amount, 0),
  sumSquares: amounts.reduce((sum, amount) => sum + amount ** 2, 0),
});
const best = (...samples: ReturnType<typeof orders>[]) => bestGaussianArm(amountPosteriors(samples)).probabilities;

it("arms are alike before there is any revenue, with or without subjects", () => {
  expect(best(orders(0, []), orders(0, []))).toEqual([0.5, 0.5]);
  const [first] = best(orders(500, []), orders(500, []));
  expect(first).toBeCloseTo(0.5, 9);
});

it("the units do not matter", () => {
  const euros = best(orders(100, [20, 30, 25]), orders(100, [20, 45, 30, 25]));
  const cents = best(orders(100, [2_000, 3_000, 2_500]), orders(100, [2_000, 4_500, 3_000, 2_500]));
  for (const [k, p] of euros.entries()) expect(cents[k]).toBeCloseTo(p, 9);
});

it("one large order does not make a winner, many orders do", () => {
  expect(best(orders(50, [10_000]), orders(50, []))[0]).toBeLessThan(0.9);
  const many = Array.from({ length: 100 }, (_, i) => 5_000 + (i % 10) * 100);
  expect(best(orders(1_000, many), orders(1_000, many.slice(50)))[0]).toBeGreaterThan(0.999);
});

it("an arm without an order after many subjects loses to one with many", () => {
  const many = Array.from({ length: 100 }, (_, i) => 5_000 + (i % 10) * 100);
  expect(best(orders(1_000, many), orders(1_000, []))[1]).toBeLessThan(1e-3);
});
