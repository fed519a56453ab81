import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { normalizeEmail } from "./email-address.ts";

test.each([
  [" Amina@Example.COM ", "amina@example.com"],
  ["a.b+tag@sub.example.co", "a.b+tag@sub.example.co"],
  ["someone@bücher.example", "someone@xn--bcher-kva.example"],
  ["someone@xn--bcher-kva.example", "someone@xn--bcher-kva.example"],
  ["jose\u0301@example.com", "jos\u00e9@example.com"],
  ["用户@例子.测试", "用户@xn--fsqu00a.xn--0zwm56d"],
  ["o'brien@example.com", "o'brien@example.com"],
])("writes %s as %s", (text, email) => {
  expect(normalizeEmail(text)).toBe(email);
});

test.each([
  "",
  "@",
  "a@",
  "@example.com",
  "a@b",
  "a@@example.com",
  "a b@example.com",
  "a@exam ple.com",
  ".a@example.com",
  "a.@example.com",
  "a..b@example.com",
  "a@-example.com",
  "a@example..com",
  "a@127.0.0.1",
  "a@[127.0.0.1]",
  "a@example.com.",
  "a@example.com/path",
  "a@example.com:25",
  "a@exam\tple.com",
  "a@example.com\\path",
  "a@ex%61mple.com",
  '"a b"@example.com',
  "a\u0000@example.com",
  "a\n@example.com",
  "<script>@example.com",
  `${"a".repeat(65)}@example.com`,
  `a@${"b".repeat(64)}.com`,
  `a@${"b.".repeat(130)}com`,
])("refuses %j", (text) => {
  expect(normalizeEmail(text)).toBeNull();
});

test("writing an address twice changes nothing, and it always fits the column", () => {
  const anything = fc.oneof(
    fc.emailAddress(),
    fc.string({ unit: "binary" }),
    fc.string().map((text) => `${text}@example.com`),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const email = normalizeEmail(text);
      if (email === null) return;
      expect(normalizeEmail(email)).toBe(email);
      expect(email.length).toBeLessThanOrEqual(254);
    }),
  );
});
