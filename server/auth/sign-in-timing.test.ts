import { expect, test } from "@jest/globals";
import { password, signUp, startIdentity } from "../../test/identity.ts";

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

test("the time of a refusal doesn't tell whether the account exists", async () => {
  await using identity = await startIdentity();
  const known = (await signUp(identity)).email;
  for (let count = 0; count < 3; count += 1) await signUp(identity, known); // an account in four tenants
  const times: Record<"wrong" | "unknown", number[]> = { wrong: [], unknown: [] };
  for (let round = 0; round < 12; round += 1) {
    // Interleaved, so that other load on the machine meets both alike; the clock runs ahead of the throttle.
    for (const kind of ["wrong", "unknown"] as const) {
      identity.advance(20 * 60_000);
      const email = kind === "wrong" ? known : `nobody-${round}@example.com`;
      const startedAt = performance.now();
      const { userErrors } = await identity.signIn.signIn(identity.context(), { email, password: "a wrong password" });
      times[kind].push(performance.now() - startedAt);
      expect(userErrors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    }
  }
  const difference = Math.abs(median(times.wrong) - median(times.unknown));
  expect(difference).toBeLessThan(150); // generous: without the floor the four hashes show on a busy machine
  expect(Math.min(...times.wrong, ...times.unknown)).toBeGreaterThanOrEqual(490);
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
