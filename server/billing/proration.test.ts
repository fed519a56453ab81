import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { prorate } from "./proration.ts";

const day = (number: number) => new Date(Date.UTC(2027, 3, number));
const april = { startsAt: day(1), endsAt: day(31) };
const acces = { amountMinor: 79_000n, creditsPerMonth: 0n };
const hybride = { amountMinor: 179_000n, creditsPerMonth: 4n };

describe("an upgrade", () => {
  it.each([
    ["at the start", 1, 100_000n, 4n],
    ["in the middle", 16, 50_000n, 2n],
    ["a third before the end", 21, 33_334n, 1n],
    ["at the end", 31, 0n, 0n],
  ])("costs the difference for what is left %s", (_when, date, amountMinor, credits) => {
    expect(prorate({ from: acces, to: hybride, period: april, month: april, at: day(date) })).toEqual({
      amountMinor,
      credits,
    });
  });

  it("never costs less than nothing, nor more than the difference", () => {
    const terms = fc.record({ amountMinor: fc.bigInt(0n, 10n ** 12n), creditsPerMonth: fc.bigInt(0n, 10n ** 9n) });
    const instants = fc.date({ min: day(-30), max: day(60), noInvalidDate: true });
    fc.assert(
      fc.property(terms, terms, instants, (from, to, at) => {
        const { amountMinor, credits } = prorate({ from, to, period: april, month: april, at });
        const most = (difference: bigint) => (difference > 0n ? difference : 0n);
        expect(amountMinor >= 0n && amountMinor <= most(to.amountMinor - from.amountMinor)).toBe(true);
        expect(credits >= 0n && credits <= most(to.creditsPerMonth - from.creditsPerMonth)).toBe(true);
      }),
    );
  });
});
