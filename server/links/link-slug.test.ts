import { describe, expect, it } from "@jest/globals";
import { generateSlug, isReserved, readSlug } from "./link-slug.ts";

describe("a slug", () => {
  it.each([
    ["Spring-2026", "spring-2026"],
    ["a1", "a1"],
    ["x".repeat(64), "x".repeat(64)],
    ["a", null],
    ["x".repeat(65), null],
    ["-a", null],
    ["a-", null],
    ["été", null],
    ["a b", null],
    ["a/b", null],
    ["a_b", null],
    ["\u212Ak", null], // the sign for kelvin, a k in lower case
    ["../..", null],
  ])("%j is stored as %j", (text, slug) => {
    expect(readSlug(text)).toBe(slug);
  });

  it("by chance is one, has no vowels and nothing that looks like something else", () => {
    for (let n = 0; n < 200; n += 1) {
      const slug = generateSlug();
      expect(readSlug(slug)).toBe(slug);
      expect(slug).toMatch(/^[^aeiouyl01]{7}$/);
      expect(isReserved(slug)).toBe(false);
    }
  });

  it("uses its whole alphabet", () => {
    expect(generateSlug(() => 0)).toBe("2222222");
    expect(generateSlug((below) => below - 1)).toBe("zzzzzzz");
  });
});
