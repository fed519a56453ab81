import { expect, it } from "@jest/globals";
import { readTarget } from "./link-target.ts";

const own = "https://nexora.example/app";

it.each([
  ["https://example.com", "https://example.com/"],
  [" https://EXAMPLE.com/a b?x#y ", "https://example.com/a%20b?x#y"],
  ["http://été.example/", "http://xn--t-9fab.example/"],
  ["https://example.com/\r\nset-cookie:a", "https://example.com/set-cookie:a"],
  ["https://nexora.example/app", "https://nexora.example/app"],
  ["https://nexora.example/app/l/spring", null],
  ["https://NEXORA.example/app/L/spring", null],
  ["https://nexora.example/app/x/../l/spring", null],
  ["javascript:alert(1)", null],
  ["java\nscript:alert(1)", null],
  ["mailto:somebody@example.com", null],
  ["https://somebody@example.com/", null],
  ["https://:secret@example.com/", null],
  ["example.com", null],
  ["/path", null],
  ["", null],
  [`https://example.com/${"é".repeat(400)}`, null], // longer once it is escaped
])("%j leads to %j", (text, target) => {
  expect(readTarget(text, own)).toBe(target);
});
