import { expect, test } from "@jest/globals";
import jwt from "jsonwebtoken";
import { password, signUp, startIdentity, type TestIdentity, testSecret } from "../../test/identity.ts";
import type { Context } from "../operations/context.ts";
import { deriveKey } from "../operations/derive-key.ts";

const minute = 60_000;
const invalid = { code: "UNAUTHENTICATED", reason: "CREDENTIAL", details: {} };
const expired = { code: "UNAUTHENTICATED", reason: "CREDENTIAL", details: { expired: true } };

function authenticate(identity: TestIdentity, token: string, origin?: string) {
  return identity.auth.authenticate(`Bearer ${token}`, { origin, address: null });
}

async function accessToken(identity: TestIdentity, email: string): Promise<string> {
  const { tokens } = await identity.signIn.signIn(identity.context(), { email, password });
  return tokens?.accessToken ?? "";
}

async function secretKey(
  identity: TestIdentity,
  owner: Context,
  scopes = ["lead:read"],
  expiresAt: Date | null = null,
) {
  const { key, secret } = await identity.keys.createApiKey(owner, { name: "test", scopes, expiresAt });
  return { id: key?.id ?? "", text: secret ?? "" };
}

test("nobody has to say who they are, but who does must be right", async () => {
  await using identity = await startIdentity();
  const request = { address: null };
  expect(await identity.auth.authenticate(undefined, request)).toEqual({ kind: "ANONYMOUS" });
  for (const header of [
    "Bearer",
    "Bearer ",
    "Basic abc",
    "Bearer a b",
    "nonsense",
    "Bearer nx_live_",
    "Bearer pk_x",
    "Bearer a.b.c",
  ]) {
    await expect(identity.auth.authenticate(header, request)).rejects.toMatchObject(invalid);
  }
});

test("a secret key has its scopes, and every key may see who it is", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { text } = await secretKey(identity, owner, ["lead:read", "lead:write"]);
  expect(text).toMatch(/^nx_live_/);
  expect(await authenticate(identity, text)).toMatchObject({
    kind: "API_KEY",
    scopes: ["viewer:read", "lead:read", "lead:write"],
  });
});

test("refuses a key with another secret, of another tenant, with other characters or of the other kind", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { owner: foreigner } = await signUp(identity);
  const { text: ours } = await secretKey(identity, owner);
  const { text: theirs } = await secretKey(identity, foreigner);
  const bytes = Buffer.from(ours.slice("nx_live_".length), "base64url");
  const theirBytes = Buffer.from(theirs.slice("nx_live_".length), "base64url");
  const wrong = {
    secret: Buffer.concat([bytes.subarray(0, 63), Buffer.from([(bytes.at(63) ?? 0) ^ 1])]),
    tenant: Buffer.concat([theirBytes.subarray(0, 16), bytes.subarray(16)]),
    row: Buffer.concat([bytes.subarray(0, 16), theirBytes.subarray(16)]),
    short: bytes.subarray(0, 63),
  };
  for (const changed of Object.values(wrong)) {
    await expect(authenticate(identity, `nx_live_${changed.toString("base64url")}`)).rejects.toMatchObject(invalid);
  }
  await expect(authenticate(identity, `pk_${ours.slice("nx_live_".length)}`)).rejects.toMatchObject(invalid);
  await expect(authenticate(identity, `${ours}=`)).rejects.toMatchObject(invalid);
});

test("a revoked key stops working at once here, and within a second in another process", async () => {
  await using identity = await startIdentity();
  await using other = await otherProcess(identity);
  const { owner } = await signUp(identity);
  const { id, text } = await secretKey(identity, owner);
  const principal = await authenticate(identity, text);
  await authenticate(other, text);
  await identity.keys.revokeApiKey(owner, { keyId: id });
  await expect(authenticate(identity, text)).rejects.toMatchObject(invalid);
  expect(await identity.auth.isStillValid(principal)).toBe(false);
  other.advance(1_001);
  await expect(authenticate(other, text)).rejects.toMatchObject(invalid);
});

test("another process that reads the journal's entry knows of a revocation at once", async () => {
  await using identity = await startIdentity();
  await using other = await otherProcess(identity);
  const { owner } = await signUp(identity);
  const { id, text } = await secretKey(identity, owner);
  const principal = await authenticate(other, text);
  await identity.keys.revokeApiKey(owner, { keyId: id });
  if (principal.kind === "ANONYMOUS") throw new Error("the key has a tenant");
  expect(other.auth.observe({ tenantId: principal.tenantId, type: "lead.captured" })).toBe(false);
  expect(other.auth.observe({ tenantId: principal.tenantId, type: "key.revoked" })).toBe(true);
  await expect(authenticate(other, text)).rejects.toMatchObject(invalid);
});

test("an expired key says so, but only to who has its secret", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { text } = await secretKey(identity, owner, ["lead:read"], new Date(identity.now().getTime() + minute));
  await authenticate(identity, text);
  identity.advance(minute);
  await expect(authenticate(identity, text)).rejects.toMatchObject(expired);
  const forged = `${text.slice(0, -2)}${text.endsWith("AA") ? "BB" : "AA"}`;
  await expect(authenticate(identity, forged)).rejects.toMatchObject(invalid);
});

test("a publishable key works on the pages of its list only; an empty list is every page", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const create = (allowedOrigins: string[]) =>
    identity.keys.createPublishableKey(owner, { name: "site", allowedOrigins });
  const { secret: open } = await create([]);
  const { secret: limited } = await create(["https://Example.com/", "http://localhost:3000"]);
  for (const origin of [undefined, "https://anywhere.test"]) {
    expect(await authenticate(identity, open ?? "", origin)).toMatchObject({ kind: "PUBLISHABLE_KEY" });
  }
  for (const origin of ["https://example.com", "http://localhost:3000"]) {
    expect(await authenticate(identity, limited ?? "", origin)).toMatchObject({ kind: "PUBLISHABLE_KEY" });
  }
  const foreign = ["https://example.com.evil.test", "http://example.com", "https://sub.example.com", "null", undefined];
  for (const origin of foreign) {
    await expect(authenticate(identity, limited ?? "", origin)).rejects.toMatchObject({
      code: "FORBIDDEN",
      reason: "ORIGIN",
    });
  }
});

test("remembers when a key was last used, to the minute", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { text } = await secretKey(identity, owner);
  expect((await identity.keys.apiKeys(owner, {})).nodes[0]?.lastUsedAt).toBeNull();
  await authenticate(identity, text);
  const first = (await identity.keys.apiKeys(owner, {})).nodes[0]?.lastUsedAt;
  expect(first).toBeInstanceOf(Date);
  await authenticate(identity, text);
  expect((await identity.keys.apiKeys(owner, {})).nodes[0]?.lastUsedAt).toEqual(first);
  identity.advance(2 * minute);
  await authenticate(identity, text);
  expect((await identity.keys.apiKeys(owner, {})).nodes[0]?.lastUsedAt).not.toEqual(first);
});

test("an access token works for fifteen minutes and then says that it has expired", async () => {
  await using identity = await startIdentity();
  const { email } = await signUp(identity);
  const token = await accessToken(identity, email);
  const principal = await authenticate(identity, token);
  identity.advance(14 * minute);
  await authenticate(identity, token);
  identity.advance(minute);
  await expect(authenticate(identity, token)).rejects.toMatchObject(expired);
  expect(await identity.auth.isStillValid(principal)).toBe(false);
});

test("refuses tokens that we didn't sign, or not for this use", async () => {
  await using identity = await startIdentity();
  const { email } = await signUp(identity);
  const token = await accessToken(identity, email);
  const decoded = jwt.decode(token, { complete: true });
  const claims = decoded?.payload as jwt.JwtPayload;
  const kid = decoded?.header.kid ?? "";
  const key = deriveKey(testSecret, `access-token:${kid}`);
  expect(await authenticate(identity, jwt.sign(claims, key, { keyid: kid }))).toMatchObject({ kind: "MEMBER" });
  const forgeries = [
    jwt.sign(claims, "", { algorithm: "none", keyid: kid }),
    jwt.sign(claims, "another key, long enough for HS256", { keyid: kid }),
    jwt.sign(claims, key, { keyid: "unknown" }),
    jwt.sign(claims, key),
    jwt.sign(claims, key, { keyid: kid, algorithm: "HS512" }),
    jwt.sign({ ...claims, iss: "somebody" }, key, { keyid: kid }),
    jwt.sign({ ...claims, aud: "something" }, key, { keyid: kid }),
    jwt.sign({ ...claims, sub: "nonsense" }, key, { keyid: kid }),
    `${token.slice(0, -3)}AAA`,
  ];
  for (const forgery of forgeries) await expect(authenticate(identity, forgery)).rejects.toMatchObject(invalid);
});

test("a new signing key signs at once, the one before verifies until its tokens have expired", async () => {
  await using identity = await startIdentity();
  await using other = await otherProcess(identity);
  const { email } = await signUp(identity);
  const before = await accessToken(identity, email);
  await authenticate(other, before);
  const kidOf = (token: string) => jwt.decode(token, { complete: true })?.header.kid;
  await identity.signingKeys.rotate();
  const after = await accessToken(identity, email);
  expect(kidOf(after)).not.toBe(kidOf(before));
  other.advance(2_000);
  for (const token of [before, after]) for (const process of [identity, other]) await authenticate(process, token);
  for (const process of [identity, other]) process.advance(17 * minute);
  expect(await identity.signingKeys.find(kidOf(before) ?? "")).toBeNull();
  expect(await identity.signingKeys.find(kidOf(after) ?? "")).not.toBeNull();
});

test("processes that start at once make one signing key", async () => {
  await using identity = await startIdentity();
  await using other = await otherProcess(identity);
  const keys = await Promise.all([identity, other, identity, other].map(({ signingKeys }) => signingKeys.current()));
  expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
});

/** A second server on the same database. */
function otherProcess(identity: TestIdentity): Promise<TestIdentity> {
  return startIdentity(identity);
}
