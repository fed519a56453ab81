import { expect, test } from "@jest/globals";
import { join, signUp, startIdentity, type TestIdentity } from "../../test/identity.ts";
import type { Context } from "../operations/context.ts";

function codes(payload: { userErrors: readonly { code: string }[] }): string[] {
  return payload.userErrors.map(({ code }) => code);
}

async function activeOwners(identity: TestIdentity, context: Context): Promise<number> {
  const { nodes } = await identity.members.members(context, { first: 250 });
  return nodes.filter(({ role, status }) => role === "OWNER" && status === "ACTIVE").length;
}

test("leaves one owner when 20 owners remove each other at once", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const owners = [owner];
  const ids: string[] = [(await identity.tenants.viewer(owner)).member?.id ?? ""];
  for (let count = 1; count < 20; count += 1) {
    const joined = await join(identity, owner, "OWNER");
    owners.push(joined.member);
    ids.push(joined.id);
  }
  // Each removes the next one, so everybody is removed if nobody waits.
  const outcomes = await Promise.allSettled(
    owners.map((actor, index) =>
      identity.members.removeMember(actor, { memberId: ids[(index + 1) % ids.length] ?? "" }),
    ),
  );
  const failures = outcomes
    .filter(({ status }) => status === "rejected")
    .map((outcome) => (outcome as PromiseRejectedResult).reason);
  for (const failure of failures) expect(failure).toMatchObject({ code: "FORBIDDEN" });
  // Contexts were made before, so reading with any of them still works here.
  expect(await activeOwners(identity, owner)).toBeGreaterThanOrEqual(1);
});

test("refuses to remove or demote the last owner, however many try at once", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const first = (await identity.tenants.viewer(owner)).member?.id ?? "";
  const { member: second, id } = await join(identity, owner, "OWNER");
  const attempts = Array.from({ length: 20 }, (_, index) =>
    index % 2 === 0
      ? identity.members.removeMember(owner, { memberId: id })
      : identity.members.changeMemberRole(second, { memberId: first, role: "COACH" }),
  );
  const done = (await Promise.allSettled(attempts)).filter(
    (outcome) => outcome.status === "fulfilled" && outcome.value.userErrors.length === 0,
  );
  expect(done).toHaveLength(1);
  expect(await activeOwners(identity, owner)).toBe(1);
});

test("refuses the only owner's own removal and demotion", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const memberId = (await identity.tenants.viewer(owner)).member?.id ?? "";
  expect(codes(await identity.members.removeMember(owner, { memberId }))).toEqual(["LAST_OWNER"]);
  expect(codes(await identity.members.changeMemberRole(owner, { memberId, role: "ADMIN" }))).toEqual(["LAST_OWNER"]);
});

test("an admin manages members but not owners", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const ownerId = (await identity.tenants.viewer(owner)).member?.id ?? "";
  const { member: admin } = await join(identity, owner, "ADMIN");
  const coach = await join(identity, admin, "COACH");
  const { members, invitations } = identity;
  expect(codes(await members.changeMemberRole(admin, { memberId: coach.id, role: "ASSISTANT" }))).toEqual([]);
  expect(codes(await members.changeMemberRole(admin, { memberId: coach.id, role: "OWNER" }))).toEqual([
    "OWNER_REQUIRED",
  ]);
  expect(codes(await members.changeMemberRole(admin, { memberId: ownerId, role: "ADMIN" }))).toEqual([
    "OWNER_REQUIRED",
  ]);
  expect(codes(await members.removeMember(admin, { memberId: ownerId }))).toEqual(["OWNER_REQUIRED"]);
  expect(codes(await invitations.inviteMember(admin, { email: "x@example.com", role: "OWNER" }))).toEqual([
    "OWNER_REQUIRED",
  ]);
});

test("a removed member's tokens stop working at once, also for renewal", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { member, id, refreshToken } = await join(identity, owner, "COACH");
  expect(await identity.auth.isStillValid(member.principal)).toBe(true);
  await identity.members.removeMember(owner, { memberId: id });
  expect(await identity.auth.isStillValid(member.principal)).toBe(false);
  const renewed = await identity.authSessions.refreshSession(identity.context(), { refreshToken });
  expect(renewed.tokens).toBeNull();
  expect(codes(renewed)).toEqual(["TOKEN_INVALID"]);
});

test("a changed role acts with the next request, and ends long-lived connections", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { member, id, email } = await join(identity, owner, "ADMIN");
  await identity.members.changeMemberRole(owner, { memberId: id, role: "COACH" });
  expect(await identity.auth.isStillValid(member.principal)).toBe(false);
  const again = await identity.signedIn(email, "correct horse battery staple");
  expect(again.principal).toMatchObject({ role: "COACH" });
  await expect(identity.members.members(again, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("refuses a change of another version with the member as it is", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { id } = await join(identity, owner, "COACH");
  const input = { memberId: id, role: "ASSISTANT", expectedVersion: 7 } as const;
  const payload = await identity.members.changeMemberRole(owner, input);
  expect(codes(payload)).toEqual(["CONFLICT"]);
  expect(payload.member).toMatchObject({ role: "COACH", version: 1 });
});

test("another tenant's members are as if they didn't exist", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { owner: foreigner } = await signUp(identity);
  const { id } = await join(identity, owner, "COACH");
  expect(codes(await identity.members.removeMember(foreigner, { memberId: id }))).toEqual(["NOT_FOUND"]);
  expect(codes(await identity.members.changeMemberRole(foreigner, { memberId: id, role: "ADMIN" }))).toEqual([
    "NOT_FOUND",
  ]);
  expect(codes(await identity.members.removeMember(foreigner, { memberId: "nonsense" }))).toEqual(["NOT_FOUND"]);
});
