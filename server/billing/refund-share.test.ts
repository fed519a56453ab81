import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { creditsOfMonth, shareRefund } from "./refund-share.ts";

const none = { taken: 0n, owed: 0n, withheld: 0n };

describe("what goes back with a payment's money", () => {
  it("is the same share of a pack's credits, rounded down until all is back", () => {
    const pack = { paidMinor: 249n, priceMinor: 249n, granted: 5n, toCome: 0n };
    expect(shareRefund({ ...pack, refundedMinor: 50n, before: none })).toEqual({ withheld: 0n, wanted: 1n });
    const before = { ...none, taken: 1n };
    expect(shareRefund({ ...pack, refundedMinor: 249n, before })).toEqual({ withheld: 0n, wanted: 4n });
  });

  it("is, of half a year's money after half of the year, what hasn't come yet, and nothing that was used", () => {
    const year = { paidMinor: 1_200n, priceMinor: 1_200n, granted: 18n, toCome: 18n };
    expect(shareRefund({ ...year, refundedMinor: 600n, before: none })).toEqual({ withheld: 18n, wanted: 0n });
    expect(shareRefund({ ...year, refundedMinor: 900n, before: none })).toEqual({ withheld: 18n, wanted: 9n });
    // Months have passed since then without their credits.
    const later = { ...year, toCome: 6n, before: { ...none, withheld: 18n } };
    expect(shareRefund({ ...later, refundedMinor: 1_200n })).toEqual({ withheld: 0n, wanted: 18n });
  });

  it("is nothing for what was paid beyond the price, which goes back first", () => {
    const twice = { paidMinor: 498n, priceMinor: 249n, granted: 5n, toCome: 0n, before: none };
    expect(shareRefund({ ...twice, refundedMinor: 249n })).toEqual({ withheld: 0n, wanted: 0n });
    expect(shareRefund({ ...twice, refundedMinor: 299n })).toEqual({ withheld: 0n, wanted: 1n });
    expect(shareRefund({ ...twice, refundedMinor: 498n })).toEqual({ withheld: 0n, wanted: 5n });
    const less = { ...twice, paidMinor: 100n }; // which was enough
    expect(shareRefund({ ...less, refundedMinor: 20n })).toEqual({ withheld: 0n, wanted: 1n });
  });

  it("never is more than there is, and all of it when all the money is back, in whatever parts", () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 500n }), { minLength: 1, maxLength: 6 });
    const credits = fc.bigInt({ min: 0n, max: 60n });
    const price = fc.bigInt({ min: 1n, max: 3_000n });
    fc.assert(
      fc.property(amounts, price, credits, credits, (parts, priceMinor, granted, toCome) => {
        const paidMinor = parts.reduce((sum, part) => sum + part, 0n);
        let before = none;
        let refundedMinor = 0n;
        for (const part of parts) {
          refundedMinor += part;
          const { withheld, wanted } = shareRefund({ refundedMinor, paidMinor, priceMinor, granted, toCome, before });
          before = { ...before, taken: before.taken + wanted, withheld: before.withheld + withheld };
          expect(withheld >= 0n && wanted >= 0n && before.withheld <= toCome && before.taken <= granted).toBe(true);
        }
        expect(before.taken + before.withheld).toBe(granted + toCome);
      }),
    );
  });

  it("is missing in the last months first", () => {
    const year = (withheld: bigint) =>
      Array.from({ length: 4 }, (_, month) => creditsOfMonth({ monthly: 3n, monthsAfter: 3 - month, withheld }));
    expect(year(0n)).toEqual([3n, 3n, 3n, 3n]);
    expect(year(4n)).toEqual([3n, 3n, 2n, 0n]);
    expect(year(12n)).toEqual([0n, 0n, 0n, 0n]);
  });
});
