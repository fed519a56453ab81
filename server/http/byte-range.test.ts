import { describe, expect, it } from "@jest/globals";
import { readRange } from "./byte-range.ts";

describe("a Range header", () => {
  it.each([
    ["bytes=0-", { from: 0, to: 10 }],
    ["bytes=3-5", { from: 3, to: 6 }],
    ["bytes=3-99", { from: 3, to: 10 }],
    ["bytes=-4", { from: 6, to: 10 }],
    ["bytes=-99", { from: 0, to: 10 }],
    ["bytes=10-", "UNSATISFIABLE"],
    ["bytes=-0", "UNSATISFIABLE"],
    ["bytes=5-3", null],
    ["bytes=-", null],
    ["bytes=0-1,3-4", null],
    ["lines=0-1", null],
    [undefined, null],
  ])("%s", (header, expected) => {
    expect(readRange(header, 10)).toEqual(expected);
  });
});
