import { expect, test } from "@jest/globals";
import { password, signUp, startIdentity, type TestIdentity } from "../../test/identity.ts";
import { issueToken, parseToken } from "./opaque-token.ts";

const day = 24 * 3_600_000;

async function signIn(identity: TestIdentity, email: string) {
  const { tokens } = await identity.signIn.signIn(identity.context(), { email, password });
  if (tokens === null) throw new Error("can't sign in");
  return tokens;
}

async function refresh(identity: TestIdentity, refreshToken: string) {
  const { tokens, userErrors, cursor } = await identity.authSessions.refreshSession(identity.context(), {
    refreshToken,
  });
  return { tokens, code: userErrors[0]?.code, cursor };
}

test("each renewal brings the next token, for thirty idle days", async () => {
  await using identity = await startIdentity();
  const { email } = await signUp(identity);
  let { refreshToken } = await signIn(identity, email);
  for (let round = 0; round < 3; round += 1) {
    identity.advance(29 * day);
    const { tokens } = await refresh(identity, refreshToken);
    expect(tokens?.refreshToken).not.toBe(refreshToken);
    expect((await identity.with(tokens?.accessToken ?? "")).principal).toMatchObject({ kind: "MEMBER" });
    refreshToken = tokens?.refreshToken ?? "";
  }
  identity.advance(30 * day);
  expect(await refresh(identity, refreshToken)).toMatchObject({ tokens: null, code: "TOKEN_INVALID" });
});

test("a token that was used before ends the whole sign-in, and the journal tells of it", async () => {
  await using identity = await startIdentity();
  const { email, owner } = await signUp(identity);
  const stolen = await signIn(identity, email);
  const { tokens } = await refresh(identity, stolen.refreshToken);
  const context = await identity.with(tokens?.accessToken ?? "");
  const reused = await refresh(identity, stolen.refreshToken);
  expect(reused).toMatchObject({ tokens: null, code: "TOKEN_REUSED" });
  expect(reused.cursor).not.toBeNull();
  expect(await refresh(identity, tokens?.refreshToken ?? "")).toMatchObject({ tokens: null, code: "TOKEN_INVALID" });
  expect(await identity.auth.isStillValid(context.principal)).toBe(false);
  await expect(identity.with(tokens?.accessToken ?? "")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(await identity.auth.isStillValid(owner.principal)).toBe(true); // another sign-in of the same person
});

test("of twenty parallel renewals with one token exactly one wins, and the sign-in ends", async () => {
  await using identity = await startIdentity();
  const { email } = await signUp(identity);
  const { refreshToken } = await signIn(identity, email);
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(identity, refreshToken)));
  const winners = answers.filter(({ tokens }) => tokens !== null);
  expect(winners).toHaveLength(1);
  expect(answers.some(({ code }) => code === "TOKEN_REUSED")).toBe(true);
  expect(await refresh(identity, winners[0]?.tokens?.refreshToken ?? "")).toMatchObject({ tokens: null });
});

test("a made-up token for a known sign-in doesn't end it", async () => {
  await using identity = await startIdentity();
  const { email } = await signUp(identity);
  const { refreshToken } = await signIn(identity, email);
  const owner = parseToken("REFRESH", refreshToken);
  if (owner === null) throw new Error("a refresh token names its row");
  for (const forged of [issueToken("REFRESH", owner).text, "nx_refresh_", "nonsense", refreshToken.slice(0, -1), ""]) {
    expect(await refresh(identity, forged)).toMatchObject({ tokens: null, code: "TOKEN_INVALID" });
  }
  expect((await refresh(identity, refreshToken)).tokens).not.toBeNull();
});

test("signing out ends this sign-in, or all of them", async () => {
  await using identity = await startIdentity();
  const { email } = await signUp(identity);
  const phone = await signIn(identity, email);
  const laptop = await signIn(identity, email);
  const onPhone = await identity.with(phone.accessToken);
  const out = await identity.authSessions.signOut(onPhone, { everywhere: false });
  expect(out).toMatchObject({ ended: 1, userErrors: [] });
  expect(await refresh(identity, phone.refreshToken)).toMatchObject({ code: "TOKEN_INVALID" });
  await expect(identity.with(phone.accessToken)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  const onLaptop = await identity.with(laptop.accessToken);
  const everywhere = await identity.authSessions.signOut(onLaptop, { everywhere: true });
  expect(everywhere.ended).toBe(2); // the laptop, and the sign-in of the sign-up
  expect((await identity.authSessions.signOut(onLaptop, { everywhere: false })).userErrors).toMatchObject([
    { code: "NOT_SIGNED_IN" },
  ]);
});
