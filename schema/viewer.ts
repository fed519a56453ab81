import { Field, ObjectType } from "type-graphql";
import { ApiKey } from "./api-key.ts";
import { Member, Role } from "./member.ts";
import { Tenant } from "./tenant.ts";

@ObjectType({ description: "Who is asking: a member or a key.", simpleResolvers: true })
export class Viewer {
  @Field(() => Member, { nullable: true, description: "The member who is signed in; null for a key." })
  member!: Member | null;

  @Field(() => ApiKey, { nullable: true, description: "The key; null for a member." })
  key!: ApiKey | null;

  @Field(() => Tenant, { description: "The tenant that everything is read from." })
  tenant!: Tenant;

  @Field(() => Role, { nullable: true, description: "The member's role; null for a key." })
  role!: Role | null;

  @Field(() => [String], { description: "Everything that the viewer may do." })
  permissions!: readonly string[];
}
