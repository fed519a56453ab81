import { expect, it } from "@jest/globals";
import { assert, property, jsonValue } from "fast-check";
import { storableJson } from "./storable-json.ts";

const nested = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));

it("writes what it is given, and for what PostgreSQL can't store a sign in its place", () => {
  const value = JSON.parse(
    '{"a\\u0000":"\\ud83d\\ude00 \\ud83d","\\\\u0000":1,"b":["\\udc00",null,{"c":"\\u0000"}]}',
  ) as object;
  expect(JSON.parse(storableJson(value) ?? "")).toEqual({
    "a\ufffd": "😀 \ufffd",
    "\\u0000": 1,
    b: ["\ufffd", null, { c: "\ufffd" }],
  });
});

it("leaves out keys that would reach into prototypes, and no others", () => {
  const value = JSON.parse(
    '{"a":{"__proto__":{"x":1},"constructor":{"prototype":{}}},"constructor":"Ferrari","prototype":1}',
  ) as object;
  expect(storableJson(value)).toBe('{"a":{},"constructor":"Ferrari","prototype":1}');
});

it("refuses what is nested too deep, and takes brackets in texts for texts", () => {
  expect(storableJson({ a: nested(63) })).toBeDefined();
  expect(storableJson({ a: nested(64) })).toBeUndefined();
  expect(storableJson({ a: nested(100_000) })).toBeUndefined();
  const text = `${"[{".repeat(100)}\\"`;
  expect(storableJson({ text })).toBe(JSON.stringify({ text }));
  expect(storableJson({ many: Array.from({ length: 100 }, () => [1]) })).toBeDefined();
});

it("never writes what jsonb refuses", () => {
  assert(
    property(jsonValue({ maxDepth: 4 }), (value) => {
      const text = storableJson({ value }) ?? "";
      expect(text).not.toMatch(/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/);
      expect(text.isWellFormed()).toBe(true);
      JSON.parse(text);
    }),
  );
});
