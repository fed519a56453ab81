import { describe, expect, it } from "@jest/globals";
import { evalCondition } from "@growthbook/growthbook";
import fc from "fast-check";
import { growthBookCases } from "../../../test/growthbook-cases.ts";
import { checkCondition } from "./check-condition.ts";
import type { Condition } from "./experiment-definition.ts";
import { plainAttributes } from "./plain-attributes.ts";
import { isSafePattern } from "./safe-pattern.ts";

describe("checkCondition", () => {
  it("lets GrowthBook's conditions through, but for those that are wrong on purpose", () => {
    const refused = growthBookCases.evalCondition
      .filter(([, condition]) => checkCondition(condition) !== null)
      .map(([name]) => name);
    expect(refused).toEqual([
      "$in - not array",
      "$nin - not array",
      "$ini - not array",
      "$nini - not array",
      "unknown operator - pass",
      "$regex invalid - pass",
      "$regex invalid - fail",
    ]);
  });

  it.each<[unknown, string]>([
    [null, "A condition is an object."],
    [[], "A condition is an object."],
    [{ $where: "true" }, "There is no $where for a whole condition."],
    [{ $and: {} }, "$and needs a list of conditions."],
    [{ $not: null }, "A condition is an object."],
    [{ plan: { $near: 1 } }, "There is no operator $near."],
    [{ plan: { $in: "pro" } }, "$in needs a list."],
    [{ plan: { $inGroup: "all" } }, "There is no operator $inGroup."],
    [{ plan: { $eq: "pro", size: 1 } }, "There is no operator size."],
    [{ "plan.constructor.name": "Object" }, "“plan.constructor.name” can't be the name of an attribute."],
    [{ plan: { $exists: "yes" } }, "$exists is true or false."],
  ])("refuses %j", (condition, problem) => {
    expect(checkCondition(condition)).toBe(problem);
  });

  it("refuses what is too deep or too long", () => {
    let deep: object = { plan: "pro" };
    for (let level = 0; level < 20; level += 1) deep = { $not: deep };
    expect(checkCondition(deep)).toBe("A condition has at most 10 levels.");
    expect(checkCondition({ $or: Array.from({ length: 1_001 }, () => ({})) })).toBe(
      "A condition has at most 1000 parts.",
    );
    expect(checkCondition({ $or: Array.from({ length: 11 }, () => ({ url: { $regex: "^/a" } })) })).toBe(
      "A condition has at most 10 regular expressions.",
    );
  });

  it("lets nothing through that throws, whatever the attributes are", () => {
    const names = ["$and", "$or", "$not", "$in", "$eq", "$gt", "$vgt", "$regex", "$elemMatch", "$size", "$all", "plan"];
    const key = fc.constantFrom(...names);
    const condition = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie("any"), { maxLength: 3 }),
        tie("object"),
      ),
      object: fc.dictionary(key, tie("any"), { maxKeys: 3 }),
    })).object;
    const attributes = fc.dictionary(fc.constantFrom("plan", "toString", "valueOf"), fc.jsonValue());
    fc.assert(
      fc.property(condition, attributes, (candidate, given) => {
        fc.pre(checkCondition(candidate) === null);
        const plain = plainAttributes({ ...given, plan: { ...given, nested: given } });
        expect(typeof evalCondition(plain, candidate as Condition)).toBe("boolean");
      }),
      { numRuns: 200 },
    );
  });
});

describe("isSafePattern", () => {
  it.each([
    "^/pricing",
    "^/blog/.*",
    "newsletter|ad",
    String.raw`^https://(www\.)?example\.com/.*`,
    String.raw`@example\.(com|org)$`,
    "^[A-Z]{2,3}-[0-9]+$",
    "(ab)+",
    String.raw`^https?://(www\.)?example\.(com|org)/.*`,
  ])("takes %s", (source) => {
    expect(isSafePattern(source)).toBe(true);
  });

  it.each([
    "(a+)+$",
    "(a|aa)+$",
    "((a?)b?){50}",
    "a*a*a*a*b",
    "a?".repeat(50) + "a".repeat(50),
    "(a|a)".repeat(40),
    String.raw`(a*)\1`,
    "(?=a+)b",
    "[",
    "a".repeat(201),
    "(?:x{0,64}){0,64}",
    "x{0,9999}x*y",
    "^x?x?x?x?x?x?x*x*y",
  ])("refuses %s", (source) => {
    expect(isSafePattern(source)).toBe(false);
  });
});
