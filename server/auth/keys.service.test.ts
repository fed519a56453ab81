import { expect, test } from "@jest/globals";
import { join, signUp, startIdentity } from "../../test/identity.ts";
import { scopes } from "../operations/actions.ts";
import { readOrigins } from "./key-rule.ts";

function codes(payload: { userErrors: readonly { code: string }[] }): string[] {
  return payload.userErrors.map(({ code }) => code);
}

test("refuses scopes that don't exist or that keys can't have, and writes nothing", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  for (const wrong of [
    [],
    ["nonsense"],
    ["lead:read", "key:manage"],
    ["member:manage"],
    ["auth:sign-in"],
    ["constructor"],
  ]) {
    const payload = await identity.keys.createApiKey(owner, { name: "test", scopes: wrong });
    expect(codes(payload)).toEqual(["SCOPES_INVALID"]);
    expect(payload).toMatchObject({ key: null, secret: null, cursor: null });
  }
  expect((await identity.keys.apiKeys(owner, {})).nodes).toEqual([]);
  const all = await identity.keys.createApiKey(owner, { name: "test", scopes: [...scopes] });
  expect(all.key?.scopes).toEqual(scopes);
});

test("refuses bad names and moments that have passed, all at once", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const input = { name: " \n ", scopes: [], expiresAt: new Date(0) };
  expect(codes(await identity.keys.createApiKey(owner, input))).toEqual([
    "NAME_INVALID",
    "EXPIRY_INVALID",
    "SCOPES_INVALID",
  ]);
  const publishable = { name: "x".repeat(201), allowedOrigins: ["nonsense"] };
  expect(codes(await identity.keys.createPublishableKey(owner, publishable))).toEqual([
    "NAME_INVALID",
    "ORIGIN_INVALID",
  ]);
});

test("revoking twice changes nothing the second time; another tenant's key doesn't exist", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { owner: foreigner } = await signUp(identity);
  const { key } = await identity.keys.createPublishableKey(owner, { name: "site", allowedOrigins: [] });
  const keyId = key?.id ?? "";
  expect(codes(await identity.keys.revokeApiKey(foreigner, { keyId }))).toEqual(["NOT_FOUND"]);
  expect(codes(await identity.keys.revokeApiKey(owner, { keyId: "key_nonsense" }))).toEqual(["NOT_FOUND"]);
  const first = await identity.keys.revokeApiKey(owner, { keyId });
  const second = await identity.keys.revokeApiKey(owner, { keyId });
  expect(first.cursor).not.toBeNull();
  expect(second.cursor).toBeNull();
  expect(second.key?.revokedAt).toEqual(first.key?.revokedAt);
});

test("only administrators create keys, and no key creates keys", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { member } = await join(identity, owner, "ASSISTANT");
  const input = { name: "test", scopes: ["lead:read"] };
  await expect(identity.keys.createApiKey(member, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const { secret } = await identity.keys.createApiKey(owner, { name: "test", scopes: [...scopes] });
  const key = await identity.with(secret ?? "");
  await expect(identity.keys.createApiKey(key, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(identity.keys.createApiKey(identity.context(), input)).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
});

test("pages through keys, the newest first, without repeating or missing one", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  for (let count = 0; count < 5; count += 1) {
    await identity.keys.createApiKey(owner, { name: `key ${count}`, scopes: ["lead:read"] });
  }
  const names: string[] = [];
  let after: string | null = null;
  do {
    const page = await identity.keys.apiKeys(owner, { first: 2, after });
    names.push(...page.nodes.map(({ name }) => name));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  expect(names).toEqual(["key 4", "key 3", "key 2", "key 1", "key 0"]);
});

test.each([
  [["https://example.com", "https://EXAMPLE.com:443/"], ["https://example.com"]],
  [["http://localhost:3000"], ["http://localhost:3000"]],
  [["https://bücher.example"], ["https://xn--bcher-kva.example"]],
])("reads the origins %j", (requested, origins) => {
  expect(readOrigins(requested)).toEqual(origins);
});

test.each([
  "example.com",
  "https://example.com/path",
  "https://a@example.com",
  "https://*.example.com/",
  "ftp://example.com",
  "null",
  "*",
  "",
])("refuses the origin %j", (origin) => {
  expect(readOrigins(["https://example.com", origin])).toMatchObject({
    code: "ORIGIN_INVALID",
    field: ["input", "allowedOrigins", "1"],
  });
});
