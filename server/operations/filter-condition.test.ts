import { expect, test } from "@jest/globals";
import { type Search, type SearchedText, spread } from "./filter-condition.ts";

const text = (name: string): SearchedText => ({ field: "name", how: "contains", text: name });
const [a, b, c, d] = [text("a"), text("b"), text("c"), text("d")] as const;

test("puts alternatives outside, so that each is looked up as a whole", () => {
  expect(spread(a)).toEqual({ any: [{ all: [a] }] });
  expect(spread({ all: [a, b] })).toEqual({ any: [{ all: [a, b] }] });
  expect(spread({ all: [a, { any: [b, { all: [c, d] }] }] })).toEqual({ any: [{ all: [a, b] }, { all: [a, c, d] }] });
});

test("leaves a search as it is that would have too many alternatives", () => {
  const choice: Search = { any: [a, b, c, d] };
  const search: Search = { all: Array.from({ length: 12 }, () => choice) };
  expect(spread(search)).toBe(search);
});
