import { expect, it } from "@jest/globals";

import { betaPosterior } from "./beta-posterior.ts";
import { densityCurves } from "./density-curves.ts";
import { posterior } from "./posterior.ts";

it("a posterior starts uniform and learns from counts", () => {
  expect(posterior({ conversions: 0, exposures: 0 })).toMatchObject({ alpha: 1, beta: 1, mean: 0.5 });
  const [lower, upper] = posterior({ conversions: 0, exposures: 0 }, 0.9).credibleInterval;
  expect(lower).toBeCloseTo(0.05, 12);
  expect(upper).toBeCloseTo(0.95, 12);
});

it("a credible interval of an arm without conversions is that of Beta(1, b), whose quantile is 1 − (1 − q)^(1/b)", () => {
  for (const exposures of [1, 100, 1_000_000]) {
    const { credibleInterval, mean } = posterior({ conversions: 0, exposures });
    const quantile = (q: number) => -Math.expm1(Math.log1p(-q) / (1 + exposures));
    expect(credibleInterval[0] / quantile(0.025)).toBeCloseTo(1, 8);
    expect(credibleInterval[1] / quantile(0.975)).toBeCloseTo(1, 8);
    expect(mean).toBeCloseTo(1 / (2 + exposures), 12);
  }
});

it("more conversions than matured exposures are no negative failures", () => {
  expect(betaPosterior({ conversions: 3, exposures: 2.4 })).toEqual({ alpha: 4, beta: 1 });
});

it("density curves share an ascending axis, and the area under each is 1", () => {
  const posteriors = [
    { alpha: 41, beta: 961 },
    { alpha: 51, beta: 951 },
    { alpha: 1, beta: 1_000 },
  ];
  const { rates, densities } = densityCurves(posteriors, 401);
  expect(rates).toHaveLength(401);
  expect(rates).toEqual(rates.toSorted((a, b) => a - b));
  for (const curve of densities) {
    const areas = rates
      .slice(1)
      .map((rate, i) => ((rate - (rates[i] ?? 0)) * ((curve[i] ?? 0) + (curve[i + 1] ?? 0))) / 2);
    expect(areas.reduce((sum, area) => sum + area, 0)).toBeCloseTo(1, 2);
  }
});
