import { expect, test } from "@jest/globals";
import { join, password, signUp, startIdentity } from "../../test/identity.ts";

test("signs the first owner in, and the access token says who it is", async () => {
  await using identity = await startIdentity();
  const { ownerEmail, ownerPassword, tenantId } = identity.first;
  const payload = await identity.signIn.signIn(identity.context(), {
    email: ` ${ownerEmail.toUpperCase()}`,
    password: ownerPassword,
  });
  expect(payload.userErrors).toEqual([]);
  expect(payload.tenant?.id).toBe(tenantId);
  expect(payload.member?.role).toBe("OWNER");
  expect(payload.member).not.toHaveProperty("passwordHash");
  expect(payload.cursor).not.toBeNull();
  const { principal } = await identity.with(payload.tokens?.accessToken ?? "");
  expect(principal).toMatchObject({ kind: "MEMBER", role: "OWNER" });
});

test.each([
  ["a wrong password", { password: "not the password" }],
  ["an unknown e-mail", { email: "nobody@example.com" }],
  ["no e-mail at all", { email: "nonsense" }],
  ["another tenant's id", { tenantId: "tenant_01h455vb4pex5vsknk084sn02q" }],
  ["a malformed tenant id", { tenantId: "nonsense" }],
])("answers %s with the same words", async (_, change) => {
  await using identity = await startIdentity();
  const { ownerEmail: email, ownerPassword: password } = identity.first;
  const payload = await identity.signIn.signIn(identity.context(), { email, password, ...change });
  expect(payload).toEqual({
    cursor: null,
    tokens: null,
    member: null,
    tenant: null,
    tenants: [],
    userErrors: [{ code: "INVALID_CREDENTIALS", message: "E-mail or password is wrong.", field: null }],
  });
});

test("the look-up by e-mail leaves no tenant's rows visible to the next one on its connection", async () => {
  await using identity = await startIdentity();
  const { ownerEmail: email, ownerPassword: password } = identity.first;
  await Promise.all(Array.from({ length: 4 }, () => identity.signIn.signIn(identity.context(), { email, password })));
  const counts = await Promise.all(
    Array.from({ length: 8 }, () =>
      identity.database.global((session) =>
        session.query<{ count: bigint }>({ text: "SELECT count(*) FROM member, pg_sleep(0.05)" }),
      ),
    ),
  );
  expect(counts.flat().map(({ count }) => count)).toEqual(Array(8).fill(0n));
});

test("of a removed member and a wrong tenant nothing is told", async () => {
  await using identity = await startIdentity();
  const { owner, tenantId } = await signUp(identity);
  const { id, email } = await join(identity, owner, "COACH");
  const other = await signUp(identity);
  const signIn = (to: string) => identity.signIn.signIn(identity.context(), { email, password, tenantId: to });
  expect((await signIn(tenantId)).tokens).not.toBeNull();
  expect((await signIn(other.tenantId)).userErrors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
  await identity.members.removeMember(owner, { memberId: id });
  expect((await signIn(tenantId)).userErrors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
});
