import { Field, ObjectType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Role } from "./member.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

@ObjectType({ implements: Node, description: "An offer to become a member.", simpleResolvers: true })
export class Invitation extends Node {
  readonly __typename = "Invitation";

  @Field(() => String, { description: "Whom it is for: lower-case e-mail address." })
  email!: string;

  @Field(() => Role, { description: "The role that the new member will have." })
  role!: Role;

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => DateTime, { description: "Until when it can be accepted." })
  expiresAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it was accepted; null if it wasn't." })
  acceptedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it was revoked; null if it wasn't." })
  revokedAt!: Date | null;
}

export const InvitationConnection = defineConnection("Invitation", () => Invitation).Connection;
