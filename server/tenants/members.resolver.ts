import { Arg, Args, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import { type Member, MemberConnection } from "../../schema/member.ts";
import { ChangeMemberRoleInput, RemoveMemberInput } from "../../schema/member-inputs.ts";
import { ChangeMemberRolePayload, RemoveMemberPayload } from "../../schema/member-payloads.ts";
import type { Context } from "../operations/context.ts";
import type { MemberService } from "./members.service.ts";

@Resolver()
export class MemberResolver {
  readonly #members: MemberService;

  constructor(members: MemberService) {
    this.#members = members;
  }

  @Extensions({ action: "member:read" })
  @Query(() => MemberConnection, { description: "Members, also removed ones, in the order in which they joined." })
  members(@Ctx() context: Context, @Args(() => ConnectionArgs) page: ConnectionArgs): Promise<Page<Member>> {
    return this.#members.members(context, page);
  }

  @Extensions({ action: "member:manage" })
  @Mutation(() => ChangeMemberRolePayload, { description: "Gives a member another role." })
  changeMemberRole(
    @Ctx() context: Context,
    @Arg("input", () => ChangeMemberRoleInput, { description: "Who, and which role." }) input: ChangeMemberRoleInput,
  ): Promise<ChangeMemberRolePayload> {
    return this.#members.changeMemberRole(context, input);
  }

  @Extensions({ action: "member:manage" })
  @Mutation(() => RemoveMemberPayload, { description: "Removes a member and ends all of their sign-ins." })
  removeMember(
    @Ctx() context: Context,
    @Arg("input", () => RemoveMemberInput, { description: "Who." }) input: RemoveMemberInput,
  ): Promise<RemoveMemberPayload> {
    return this.#members.removeMember(context, input);
  }
}
