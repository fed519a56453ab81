import { expect, it } from "@jest/globals";
import { readBankDetails } from "./bank-details.ts";

const right = { beneficiary: "Lycée Hélios", iban: "FR14 2004 1010 0505 0001 3M02 606", bic: "BNPAFRPP" };

it("reads bank details however they are spaced", () => {
  expect(readBankDetails({ ...right, iban: right.iban.toLowerCase() })).toEqual({
    ...{ beneficiary: "Lycée Hélios", iban: "FR1420041010050500013M02606", bic: "BNPAFRPP", bank: null, address: null },
  });
});

it.each([
  ["beneficiary", { beneficiary: " " }],
  ["iban", { iban: "FR14 2004 1010 0505 0001 3M02 607" }],
  ["iban", { iban: "FR14" }],
  ["bic", { bic: "BNP" }],
  ["bank", { bank: "x".repeat(201) }],
  ["address", { address: "x".repeat(501) }],
])("names the %s that has a mistake", (field, change) => {
  expect(readBankDetails({ ...right, ...change })).toMatchObject({ field });
});
