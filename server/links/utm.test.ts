import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { addUtm, type Utm, utmFields } from "./utm.ts";

const none: Utm = { source: null, medium: null, campaign: null, term: null, content: null };

const utm: fc.Arbitrary<Utm> = fc.record({
  source: fc.option(fc.string({ minLength: 1, unit: "grapheme" })),
  medium: fc.option(fc.string({ minLength: 1, unit: "grapheme" })),
  campaign: fc.option(fc.string({ minLength: 1, unit: "grapheme" })),
  term: fc.option(fc.string({ minLength: 1, unit: "grapheme" })),
  content: fc.option(fc.string({ minLength: 1, unit: "grapheme" })),
});

// Parts of a query as sites write them: without a value, empty, encoded twice, with a plus, and UTM parameters of its own.
const part = fc.oneof(
  fc.webQueryParameters(),
  fc.constantFrom("a", "a=", "=b", "a=1&a=2", "x=%2520", "x=1+2", "", "utm_source=own", "utm_sourc%65=own", "q=é"),
);
const address = fc
  .record({
    path: fc.webPath(),
    query: fc.option(fc.array(part, { maxLength: 4 })),
    hash: fc.option(fc.webFragments()),
  })
  .map(({ path, query, hash }) => {
    const search = query === null ? "" : `?${query.join("&")}`;
    return new URL(`https://example.com${path}${search}${hash === null ? "" : `#${hash}`}`).href;
  });

const nameOf = (each: string) => [...new URLSearchParams(each).keys()][0];

describe("addUtm", () => {
  it("adds what it is given, and leaves all the rest letter by letter", () => {
    fc.assert(
      fc.property(address, utm, (before, given) => {
        const after = addUtm(before, given);
        const [old, now] = [new URL(before), new URL(after)];
        expect(now.href).toBe(after); // nothing is left to be escaped
        expect([now.origin, now.pathname, now.hash]).toEqual([old.origin, old.pathname, old.hash]);
        const added = utmFields.filter((field) => given[field] !== null);
        for (const field of added) expect(now.searchParams.getAll(`utm_${field}`)).toEqual([given[field]]);
        const names: readonly (string | undefined)[] = added.map((field) => `utm_${field}`);
        const kept = (url: URL) =>
          url.search
            .slice(1)
            .split("&")
            .filter((each) => !names.includes(nameOf(each)));
        expect(kept(now).filter((each) => each !== "")).toEqual(kept(old).filter((each) => each !== ""));
        expect(addUtm(after, given)).toBe(after);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    [
      "https://example.com/",
      { source: "été à Tunis" },
      "https://example.com/?utm_source=%C3%A9t%C3%A9%20%C3%A0%20Tunis",
    ],
    [
      "https://example.com/#/page?x=1",
      { medium: "a&b=c#d" },
      "https://example.com/?utm_medium=a%26b%3Dc%23d#/page?x=1",
    ],
    ["https://example.com/?a=1+2&b", { term: "x" }, "https://example.com/?a=1+2&b&utm_term=x"],
    ["https://example.com/?utm_source=old&a", { source: "new" }, "https://example.com/?a&utm_source=new"],
    ["https://example.com/?", {}, "https://example.com/?"],
  ])("%s with %j", (before, given, after) => {
    expect(addUtm(before, { ...none, ...given })).toBe(after);
  });
});
