import { Field, ID, InputType, Int } from "type-graphql";
import { Role } from "./member.ts";

@InputType({ description: "Whom to invite." })
export class InviteMemberInput {
  @Field(() => String, { description: "E-mail address." })
  email!: string;

  @Field(() => Role, { description: "The role that the new member will have. Only owners can invite owners." })
  role!: Role;
}

@InputType({ description: "Which invitation to revoke." })
export class RevokeInvitationInput {
  @Field(() => ID, { description: "Id of the invitation." })
  invitationId!: string;
}

@InputType({ description: "How the invited person becomes a member." })
export class AcceptInviteInput {
  @Field(() => String, { description: "The invitation's token." })
  token!: string;

  @Field(() => String, { description: "The name that others see, 1 to 200 characters." })
  name!: string;

  @Field(() => String, { description: "Password: 10 characters or more, of any kind." })
  password!: string;
}

@InputType({ description: "Whose role to change, and to what." })
export class ChangeMemberRoleInput {
  @Field(() => ID, { description: "Id of the member." })
  memberId!: string;

  @Field(() => Role, { description: "The new role. Only owners can make, or change, owners." })
  role!: Role;

  @Field(() => Int, { nullable: true, description: "Refuse with CONFLICT if the member has another version by now." })
  expectedVersion?: number | null;
}

@InputType({ description: "Whom to remove." })
export class RemoveMemberInput {
  @Field(() => ID, { description: "Id of the member." })
  memberId!: string;
}
