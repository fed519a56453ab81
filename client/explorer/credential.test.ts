import { expect, it } from "@jest/globals";
import { describe as describeCredential, mayIntrospect, recognise } from "./credential.ts";

it.each([
  ["nx_live_abc", "SECRET_KEY"],
  ["  Bearer pk_abc\n", "PUBLISHABLE_KEY"],
  ["eyJhbGciOi.J9.x", "ACCESS_TOKEN"],
])("recognises what was pasted: %s", (text, kind) => {
  expect(recognise(text)?.kind).toBe(kind);
});

it.each(["", "hello", "nx_refresh_abc", "nx_invite_abc", "pk_abc pk_def"])(
  "refuses what is no credential: %j",
  (text) => {
    expect(recognise(text)).toBeUndefined();
  },
);

it("shows four characters of a key, not more", () => {
  const { name, detail } = describeCredential({ kind: "SECRET_KEY", token: "nx_live_verysecret1234" });
  expect(`${name} ${detail}`).toBe("Secret key …1234");
});

it("asks for no schema without a credential or with a publishable key: it would be refused", () => {
  expect(mayIntrospect(undefined)).toBe(false);
  expect(mayIntrospect({ kind: "PUBLISHABLE_KEY", token: "pk_1" })).toBe(false);
  expect(mayIntrospect({ kind: "SECRET_KEY", token: "nx_live_1" })).toBe(true);
});
