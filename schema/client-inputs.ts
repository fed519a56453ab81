import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Client } from "./client.ts";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { personErrors, phoneErrors, versionConflict } from "./person-errors.ts";

@InputType({ description: "A new client." })
export class CreateClientInput {
  @Field(() => String, { description: "Full name." })
  name!: string;

  @Field(() => String, { description: "E-mail address; stored in lower case." })
  email!: string;

  @Field(() => String, {
    nullable: true,
    description: "Phone number, international or as it is dialled in the tenant's country.",
  })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: "IANA time zone. Default: the tenant's." })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: "BCP 47 language of mails. Default: the tenant's." })
  locale?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: "Whether to mail a link that makes the login." })
  sendsLogin!: boolean;
}

export const CreateClientUserError = defineUserError("CreateClient", {
  ...personErrors,
  ...phoneErrors,
  EMAIL_TAKEN: "Returned when another client has this e-mail address; `client` is that one.",
});

@ObjectType({ description: "The outcome of createClient.", simpleResolvers: true })
export class CreateClientPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: "The client; with EMAIL_TAKEN the one who has the address." })
  client!: Client | null;

  @Field(() => [CreateClientUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CreateClientUserError.type>[];
}

@InputType({
  description: "Changes of a client. Fields that are left out stay; null empties a field that may be empty.",
})
export class UpdateClientInput {
  @Field(() => ID, { description: "The client's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Only change the client if it has this version." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "Full name." })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Phone number, international or as it is dialled in the tenant's country.",
  })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: "IANA time zone." })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: "BCP 47 language of mails." })
  locale?: string | null;
}

export const UpdateClientUserError = defineUserError("UpdateClient", {
  ...personErrors,
  ...phoneErrors,
  ...versionConflict,
  NOT_FOUND: "Returned when there is no client with this id.",
});

@ObjectType({ description: "The outcome of updateClient.", simpleResolvers: true })
export class UpdateClientPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: "The client as it is now." })
  client!: Client | null;

  @Field(() => [UpdateClientUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdateClientUserError.type>[];
}
