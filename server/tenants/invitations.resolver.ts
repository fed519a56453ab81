import { Arg, Args, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import { type Invitation, InvitationConnection } from "../../schema/invitation.ts";
import { AcceptInviteInput, InviteMemberInput, RevokeInvitationInput } from "../../schema/member-inputs.ts";
import { AcceptInvitePayload, InviteMemberPayload, RevokeInvitationPayload } from "../../schema/member-payloads.ts";
import type { Context } from "../operations/context.ts";
import type { InvitationService } from "./invitations.service.ts";

@Resolver()
export class InvitationResolver {
  readonly #invitations: InvitationService;

  constructor(invitations: InvitationService) {
    this.#invitations = invitations;
  }

  @Extensions({ action: "member:read" })
  @Query(() => InvitationConnection, { description: "Invitations, also accepted and revoked ones, the newest first." })
  invitations(@Ctx() context: Context, @Args(() => ConnectionArgs) page: ConnectionArgs): Promise<Page<Invitation>> {
    return this.#invitations.invitations(context, page);
  }

  @Extensions({ action: "member:manage" })
  @Mutation(() => InviteMemberPayload, { description: "Invites somebody. The token to accept with is shown once." })
  inviteMember(
    @Ctx() context: Context,
    @Arg("input", () => InviteMemberInput, { description: "Whom." }) input: InviteMemberInput,
  ): Promise<InviteMemberPayload> {
    return this.#invitations.inviteMember(context, input);
  }

  @Extensions({ action: "member:manage" })
  @Mutation(() => RevokeInvitationPayload, { description: "Makes an open invitation worthless." })
  revokeInvitation(
    @Ctx() context: Context,
    @Arg("input", () => RevokeInvitationInput, { description: "Which one." }) input: RevokeInvitationInput,
  ): Promise<RevokeInvitationPayload> {
    return this.#invitations.revokeInvitation(context, input);
  }

  @Extensions({ action: "auth:sign-in" })
  @Mutation(() => AcceptInvitePayload, { description: "Makes the invited person a member, who is signed in at once." })
  acceptInvite(
    @Ctx() context: Context,
    @Arg("input", () => AcceptInviteInput, { description: "The invitation, and who accepts it." })
    input: AcceptInviteInput,
  ): Promise<AcceptInvitePayload> {
    return this.#invitations.acceptInvite(context, input);
  }
}
