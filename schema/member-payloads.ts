import { Field, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { AuthTokens } from "./identity.ts";
import { Invitation } from "./invitation.ts";
import { Member } from "./member.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { ShownOnce } from "./shown-once.ts";
import { Tenant } from "./tenant.ts";

export const inviteMemberError = defineUserError("InviteMember", {
  EMAIL_INVALID: "Returned when the e-mail isn't an address on the internet.",
  ALREADY_MEMBER: "Returned when a member has this e-mail.",
  OWNER_REQUIRED: "Returned when somebody who isn't an owner invites an owner.",
});

@ObjectType({ description: "The outcome of inviting a member.", simpleResolvers: true })
export class InviteMemberPayload extends MutationPayload {
  @Field(() => Invitation, {
    nullable: true,
    description: "The invitation. An earlier open one for the same e-mail is revoked.",
  })
  invitation!: Invitation | null;

  @ShownOnce()
  @Field(() => String, {
    nullable: true,
    description:
      "What the invited person accepts with, shown only here. Null when the request is repeated by its idempotency key.",
  })
  token!: string | null;

  @Field(() => [inviteMemberError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof inviteMemberError.type>[];
}

export const revokeInvitationError = defineUserError("RevokeInvitation", {
  NOT_FOUND: "Returned when there is no such invitation.",
  ALREADY_ACCEPTED: "Returned when the invitation was accepted: remove the member instead.",
});

@ObjectType({ description: "The outcome of revoking an invitation.", simpleResolvers: true })
export class RevokeInvitationPayload extends MutationPayload {
  @Field(() => Invitation, { nullable: true, description: "The invitation as it is now." })
  invitation!: Invitation | null;

  @Field(() => [revokeInvitationError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof revokeInvitationError.type>[];
}

export const acceptInviteError = defineUserError("AcceptInvite", {
  TOKEN_INVALID: "Returned when the token is malformed, expired, revoked or was used before.",
  NAME_INVALID: "Returned when the name is empty, longer than 200 characters or has control characters.",
  PASSWORD_WEAK: "Returned when the password is too short or too easy; the message says which.",
});

@ObjectType({ description: "The outcome of accepting an invitation.", simpleResolvers: true })
export class AcceptInvitePayload extends MutationPayload {
  @ShownOnce()
  @Field(() => AuthTokens, {
    nullable: true,
    description:
      "The new member is signed in. Null when it was refused, and when it is repeated by its idempotency key.",
  })
  tokens!: AuthTokens | null;

  @Field(() => Member, { nullable: true, description: "The new member." })
  member!: Member | null;

  @Field(() => Tenant, { nullable: true, description: "The tenant that was joined." })
  tenant!: Tenant | null;

  @Field(() => [acceptInviteError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof acceptInviteError.type>[];
}

const memberChangeErrors = {
  NOT_FOUND: "Returned when there is no such member, or not any more.",
  LAST_OWNER: "Returned when the tenant would have no owner.",
  OWNER_REQUIRED: "Returned when somebody who isn't an owner changes, makes or removes an owner.",
} as const;

export const changeMemberRoleError = defineUserError("ChangeMemberRole", {
  ...memberChangeErrors,
  CONFLICT: "Returned when the member has another version than expected; `member` is how it is now.",
});

@ObjectType({ description: "The outcome of changing a member's role.", simpleResolvers: true })
export class ChangeMemberRolePayload extends MutationPayload {
  @Field(() => Member, { nullable: true, description: "The member as it is now." })
  member!: Member | null;

  @Field(() => [changeMemberRoleError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof changeMemberRoleError.type>[];
}

export const removeMemberError = defineUserError("RemoveMember", memberChangeErrors);

@ObjectType({ description: "The outcome of removing a member.", simpleResolvers: true })
export class RemoveMemberPayload extends MutationPayload {
  @Field(() => Member, { nullable: true, description: "The member as it is now: removed, and signed out everywhere." })
  member!: Member | null;

  @Field(() => [removeMemberError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof removeMemberError.type>[];
}
