import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

export const Role = {
  OWNER: "OWNER",
  ADMIN: "ADMIN",
  ASSISTANT: "ASSISTANT",
  COACH: "COACH",
  CLIENT: "CLIENT",
  LEARNER: "LEARNER",
} as const;
export type Role = keyof typeof Role;
registerEnumType(Role, {
  name: "Role",
  description: "What a member may do. The table of actions says exactly what.",
  valuesConfig: {
    OWNER: { description: "May do everything. A tenant always has at least one." },
    ADMIN: { description: "May do everything except change owners." },
    ASSISTANT: { description: "Works with leads." },
    COACH: { description: "Gives sessions." },
    CLIENT: { description: "Pays." },
    LEARNER: { description: "Benefits." },
  },
});

export const MemberStatus = { ACTIVE: "ACTIVE", REMOVED: "REMOVED" } as const;
export type MemberStatus = keyof typeof MemberStatus;
registerEnumType(MemberStatus, {
  name: "MemberStatus",
  description: "Whether a member can sign in.",
  valuesConfig: {
    ACTIVE: { description: "Can sign in." },
    REMOVED: { description: "Can't; kept as the author of what they did." },
  },
});

@ObjectType({ implements: Node, description: "A person who can sign in to one tenant.", simpleResolvers: true })
export class Member extends Node {
  readonly __typename = "Member";

  @Field(() => String, { description: "Lower-case e-mail address, unique in the tenant." })
  email!: string;

  @Field(() => String, { description: "The name that others see." })
  name!: string;

  @Field(() => Role, { description: "What the member may do." })
  role!: Role;

  @Field(() => MemberStatus, { description: "Whether the member can sign in." })
  status!: MemberStatus;

  @Field(() => DateTime, { description: "When the member joined." })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "The last sign-in; null before the first." })
  lastSignedInAt!: Date | null;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;
}

const { Connection } = defineConnection("Member", () => Member);
export const MemberConnection = Connection;
