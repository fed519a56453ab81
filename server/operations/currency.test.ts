import { expect, it } from "@jest/globals";
import { formatMinor, isCurrency } from "./currency.ts";

it.each([
  [79_000n, "TND", "79.000"],
  [5n, "TND", "0.005"],
  [500n, "XOF", "500"],
  [1_499n, "EUR", "14.99"],
  [-1n, "EUR", "-0.01"],
  [0n, "EUR", "0.00"],
  [12_345n, "HUF", "123.45"],
  [900_719_925_474_099_312n, "EUR", "9007199254740993.12"],
])("writes %s of %s as %s", (amountMinor, currency, expected) => {
  expect(formatMinor(amountMinor, currency)).toBe(expected);
});

it("knows the codes of ISO 4217 only", () => {
  expect(["TND", "XOF", "EUR", "tnd", "EURO", ""].map(isCurrency)).toEqual([true, true, true, false, false, false]);
});
