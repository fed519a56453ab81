/**
 * What one person may confirm alone until the owner decides: well above what a family pays for a month, in the currencies that
 * are billed most here. In minor units. Where an owner is alone he sets limits of his own first: nobody could approve.
 */
export const defaultLimits: ReadonlyMap<string, bigint> = new Map([
  ["TND", 3_000_000n],
  ["EUR", 100_000n],
  ["USD", 100_000n],
  ["GBP", 100_000n],
  ["CHF", 100_000n],
  ["CAD", 150_000n],
  ["MAD", 1_000_000n],
  ["DZD", 15_000_000n],
  ["XOF", 650_000n],
  ["XAF", 650_000n],
]);
