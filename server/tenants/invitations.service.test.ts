import { expect, test } from "@jest/globals";
import { join, password, signUp, startIdentity, uniqueEmail } from "../../test/identity.ts";

const day = 24 * 3_600_000;

function codes(payload: { userErrors: readonly { code: string }[] }): string[] {
  return payload.userErrors.map(({ code }) => code);
}

test("an invitation works once, also when it is accepted ten times at once", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { token } = await identity.invitations.inviteMember(owner, { email: uniqueEmail(), role: "COACH" });
  const input = { token: token ?? "", name: "Amina", password };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => identity.invitations.acceptInvite(identity.context(), input)),
  );
  expect(answers.filter(({ tokens }) => tokens !== null)).toHaveLength(1);
  expect(codes(await identity.invitations.acceptInvite(identity.context(), input))).toEqual(["TOKEN_INVALID"]);
});

test("an invitation is worthless after seven days, after its revocation and after a newer one", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const email = uniqueEmail();
  const accept = (token: string | null) =>
    identity.invitations.acceptInvite(identity.context(), { token: token ?? "", name: "Amina", password });
  const first = await identity.invitations.inviteMember(owner, { email, role: "COACH" });
  const second = await identity.invitations.inviteMember(owner, { email, role: "COACH" });
  expect(codes(await accept(first.token))).toEqual(["TOKEN_INVALID"]);
  await identity.invitations.revokeInvitation(owner, { invitationId: second.invitation?.id ?? "" });
  expect(codes(await accept(second.token))).toEqual(["TOKEN_INVALID"]);
  const third = await identity.invitations.inviteMember(owner, { email, role: "COACH" });
  identity.advance(7 * day + 1);
  expect(codes(await accept(third.token))).toEqual(["TOKEN_INVALID"]);
});

test("a weak password leaves the invitation open", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { token } = await identity.invitations.inviteMember(owner, { email: uniqueEmail(), role: "COACH" });
  const input = { token: token ?? "", name: "Amina", password: "short" };
  const refused = await identity.invitations.acceptInvite(identity.context(), input);
  expect(refused.userErrors).toMatchObject([{ code: "PASSWORD_WEAK", field: ["input", "password"] }]);
  const accepted = await identity.invitations.acceptInvite(identity.context(), { ...input, password });
  expect(accepted.member?.role).toBe("COACH");
});

test("refuses to invite who is a member, and lets who was removed come back as who they were", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const before = await join(identity, owner, "COACH");
  const invite = { email: ` ${before.email.toUpperCase()} `, role: "COACH" } as const;
  expect(codes(await identity.invitations.inviteMember(owner, invite))).toEqual(["ALREADY_MEMBER"]);
  await identity.members.removeMember(owner, { memberId: before.id });
  const after = await join(identity, owner, "ASSISTANT", before.email);
  expect(after.id).toBe(before.id);
  expect(after.member.principal).toMatchObject({ role: "ASSISTANT" });
});

test("who may no longer invite takes their open invitations with them", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { member: admin, id } = await join(identity, owner, "ADMIN");
  const { token } = await identity.invitations.inviteMember(admin, { email: uniqueEmail(), role: "ADMIN" });
  await identity.members.changeMemberRole(owner, { memberId: id, role: "COACH" });
  const accepted = await identity.invitations.acceptInvite(identity.context(), {
    token: token ?? "",
    name: "A",
    password,
  });
  expect(codes(accepted)).toEqual(["TOKEN_INVALID"]);
});

test("another tenant's invitation is as if it didn't exist", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const { owner: foreigner } = await signUp(identity);
  const { invitation } = await identity.invitations.inviteMember(owner, { email: uniqueEmail(), role: "COACH" });
  const revoked = await identity.invitations.revokeInvitation(foreigner, { invitationId: invitation?.id ?? "" });
  expect(codes(revoked)).toEqual(["NOT_FOUND"]);
  const { nodes } = await identity.invitations.invitations(foreigner, {});
  expect(nodes).toEqual([]);
});
