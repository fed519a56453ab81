import { expect, it } from "@jest/globals";
import { monthStart } from "./billing-months.ts";

it.each([
  [
    "2027-01-31T09:00:00Z",
    "Africa/Tunis",
    ["2027-02-28T09:00:00.000Z", "2027-03-31T09:00:00.000Z", "2027-04-30T09:00:00.000Z"],
  ],
  // 10:00 in Paris, winter and summer.
  [
    "2027-02-28T09:00:00Z",
    "Europe/Paris",
    ["2027-03-28T08:00:00.000Z", "2027-04-28T08:00:00.000Z", "2027-05-28T08:00:00.000Z"],
  ],
  [
    "2027-11-30T23:30:00Z",
    "Africa/Tunis",
    ["2027-12-31T23:30:00.000Z", "2028-01-31T23:30:00.000Z", "2028-02-29T23:30:00.000Z"],
  ],
])("turns months of %s in %s on the first day's date", (anchor, zone, expected) => {
  expect([1, 2, 3].map((months) => monthStart(new Date(anchor), zone, months).toISOString())).toEqual(expected);
});
