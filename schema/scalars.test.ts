import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseValue } from "graphql";
import { BigIntScalar } from "./scalars.ts";

describe("BigInt", () => {
  it("comes back as it went, through JSON and through the document", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const sent: unknown = JSON.parse(JSON.stringify(BigIntScalar.serialize(value)));
        expect(BigIntScalar.parseValue(sent)).toBe(value);
        expect(BigIntScalar.parseLiteral(parseValue(String(value)))).toBe(value);
      }),
    );
  });

  it.each([1.5, "1.5", "", "abc", Number.NaN, 2 ** 60, null, {}, "99999999999999999999", "9223372036854775808"])(
    "refuses %p",
    (value) => {
      expect(() => BigIntScalar.parseValue(value)).toThrow();
    },
  );
});
