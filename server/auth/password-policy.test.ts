import { expect, test } from "@jest/globals";
import { passwordProblem } from "./password-policy.ts";
import { PasswordService } from "./passwords.service.ts";

test.each(["short", "123456789", "", "aaaaaaaaaaaa", "🔑".repeat(9), "Amina@example.com", "x".repeat(257)])(
  "refuses %j",
  (text) => {
    expect(passwordProblem(text, "amina@example.com")).not.toBeNull();
  },
);

test.each(["all lower case letters", "1234567890", "mot de passe été", "🔑🚪🔒🗝️🏠🌍🌊🔥🌳🌙", "ab".repeat(128)])(
  "accepts %j",
  (text) => {
    expect(passwordProblem(text, "amina@example.com")).toBeNull();
  },
);

test("stores argon2id with OWASP's parameters, and never the same twice", async () => {
  const passwords = new PasswordService();
  const [one, other] = await Promise.all([passwords.hash("correct horse"), passwords.hash("correct horse")]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(await passwords.verify(one, "correct horse")).toBe(true);
  expect(await passwords.verify(one, "correct hors")).toBe(false);
});

test("the same characters typed on another system are the same password", async () => {
  const passwords = new PasswordService();
  const composed = await passwords.hash("caf\u00e9 au lait");
  expect(await passwords.verify(composed, "cafe\u0301 au lait")).toBe(true);
});
