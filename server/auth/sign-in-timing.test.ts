import { expect, test } from "@jest/globals";
import { password, signUp, startIdentity, type TestIdentity } from "../../test/identity.ts";
import { PasswordService } from "./passwords.service.ts";
import { SignInService } from "./sign-in.service.ts";
import { SignInThrottle } from "./throttle.service.ts";

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** How long refusals take: of a wrong password for this account, and of an account that doesn't exist. */
async function timeRefusals(
  identity: TestIdentity,
  email: string,
  { rounds, refusalAfterMs }: { rounds: number; refusalAfterMs: number },
) {
  const { database, journal, cursors, authSessions } = identity;
  const throttle = new SignInThrottle(database, "a secret of the tests of timing, long enough");
  const passwords = new PasswordService();
  const service = new SignInService({ database, journal, cursors, authSessions, throttle, passwords, refusalAfterMs });
  const times: Record<"wrong" | "unknown", number[]> = { wrong: [], unknown: [] };
  for (let round = 0; round < rounds; round += 1) {
    // Interleaved, so that other load on the machine meets both alike; the clock runs ahead of the throttle.
    for (const kind of ["wrong", "unknown"] as const) {
      identity.advance(20 * 60_000);
      const input = { email: kind === "wrong" ? email : `nobody-${round}@example.com`, password: "a wrong password" };
      const startedAt = performance.now();
      const { userErrors } = await service.signIn(identity.context(), input);
      times[kind].push(performance.now() - startedAt);
      expect(userErrors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    }
  }
  return { wrongMs: median(times.wrong), unknownMs: median(times.unknown), all: [...times.wrong, ...times.unknown] };
}

test("an unknown account costs as much as a wrong password, even before the floor", async () => {
  await using identity = await startIdentity();
  const { email } = await signUp(identity);
  const { wrongMs, unknownMs } = await timeRefusals(identity, email, { rounds: 25, refusalAfterMs: 0 });
  expect(wrongMs / unknownMs).toBeGreaterThan(0.5);
  expect(wrongMs / unknownMs).toBeLessThan(2);
});

test("the floor hides in how many tenants an account is", async () => {
  await using identity = await startIdentity();
  const { email } = await signUp(identity);
  for (let count = 0; count < 3; count += 1) await signUp(identity, email);
  const refusalAfterMs = 1_500;
  const { wrongMs, unknownMs, all } = await timeRefusals(identity, email, { rounds: 3, refusalAfterMs });
  expect(Math.min(...all)).toBeGreaterThanOrEqual(refusalAfterMs - 2); // timers may fire a millisecond early
  expect(Math.abs(wrongMs - unknownMs)).toBeLessThan(300);
});

test("asks which tenant, when e-mail and password fit several", async () => {
  await using identity = await startIdentity();
  const { email, tenantId } = await signUp(identity);
  const { tenantId: other } = await signUp(identity, email);
  const ask = await identity.signIn.signIn(identity.context(), { email, password });
  expect(ask).toMatchObject({ tokens: null, userErrors: [{ code: "TENANT_REQUIRED", field: ["input", "tenantId"] }] });
  expect(ask.tenants.map(({ id }) => id).toSorted()).toEqual([tenantId, other].toSorted());
  const answer = await identity.signIn.signIn(identity.context(), { email, password, tenantId: other });
  expect(answer.tenant?.id).toBe(other);
});
