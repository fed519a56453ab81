import { Field, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { AuthTokens } from "./identity.ts";
import { Member } from "./member.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { ShownOnce } from "./shown-once.ts";
import { Tenant } from "./tenant.ts";

const settingErrors = {
  COUNTRY_INVALID: "Returned when the country is no ISO 3166-1 code with phone numbers.",
  TIME_ZONE_INVALID: "Returned when the time zone is none of the IANA database.",
  LOCALE_INVALID: "Returned when the language is no BCP 47 tag.",
  CURRENCY_INVALID: "Returned when the currency is no ISO 4217 code.",
} as const;

export const signUpError = defineUserError("SignUp", {
  TENANT_NAME_INVALID:
    "Returned when the tenant's name is empty, longer than 200 characters or has control characters.",
  NAME_INVALID: "Returned when the owner's name is empty, longer than 200 characters or has control characters.",
  EMAIL_INVALID: "Returned when the e-mail isn't an address on the internet.",
  PASSWORD_WEAK: "Returned when the password is too short or too easy; the message says which.",
  ...settingErrors,
});

@ObjectType({ description: "The outcome of signing up.", simpleResolvers: true })
export class SignUpPayload extends MutationPayload {
  @ShownOnce()
  @Field(() => AuthTokens, {
    nullable: true,
    description: "The owner is signed in. Null when it was refused, and when it is repeated by its idempotency key.",
  })
  tokens!: AuthTokens | null;

  @Field(() => Tenant, { nullable: true, description: "The new tenant." })
  tenant!: Tenant | null;

  @Field(() => Member, { nullable: true, description: "The new tenant's owner." })
  member!: Member | null;

  @Field(() => [signUpError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof signUpError.type>[];
}

export const updateTenantError = defineUserError("UpdateTenant", {
  NAME_INVALID: "Returned when the name is empty, longer than 200 characters or has control characters.",
  CONFLICT: "Returned when the tenant has another version than expected; `tenant` is how it is now.",
  ...settingErrors,
});

@ObjectType({ description: "The outcome of changing the tenant's settings.", simpleResolvers: true })
export class UpdateTenantPayload extends MutationPayload {
  @Field(() => Tenant, { nullable: true, description: "The tenant as it is now." })
  tenant!: Tenant | null;

  @Field(() => [updateTenantError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof updateTenantError.type>[];
}
