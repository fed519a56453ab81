import { Field, Int, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { Member } from "./member.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { DateTime } from "./scalars.ts";
import { Tenant } from "./tenant.ts";

@ObjectType({
  description: "What a signed-in client keeps: a short-lived credential, and a token that brings the next one.",
  simpleResolvers: true,
})
export class AuthTokens {
  @Field(() => String, { description: "Send it as `Authorization: Bearer …`." })
  accessToken!: string;

  @Field(() => DateTime, { description: "When the access token expires." })
  accessTokenExpiresAt!: Date;

  @Field(() => String, { description: "Give it to `refreshSession`, once. Using an old one again ends the sign-in." })
  refreshToken!: string;

  @Field(() => DateTime, { description: "When the sign-in ends unless it is renewed before." })
  refreshTokenExpiresAt!: Date;
}

export const signInError = defineUserError("SignIn", {
  INVALID_CREDENTIALS: "Returned when e-mail, password or tenant are wrong. It doesn't tell which.",
  TENANT_REQUIRED: "Returned when e-mail and password fit several tenants: choose one of `tenants` and send its id.",
});

@ObjectType({ description: "The outcome of signing in.", simpleResolvers: true })
export class SignInPayload extends MutationPayload {
  @Field(() => AuthTokens, { nullable: true, description: "Null when it was refused." })
  tokens!: AuthTokens | null;

  @Field(() => Member, { nullable: true, description: "Who is signed in now." })
  member!: Member | null;

  @Field(() => Tenant, { nullable: true, description: "The tenant of that member." })
  tenant!: Tenant | null;

  @Field(() => [Tenant], { description: "With TENANT_REQUIRED: the tenants to choose from. Else empty." })
  tenants!: readonly Tenant[];

  @Field(() => [signInError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof signInError.type>[];
}

export const refreshSessionError = defineUserError("RefreshSession", {
  TOKEN_INVALID: "Returned when the token is malformed, expired or of a sign-in that has ended.",
  TOKEN_REUSED:
    "Returned when the token had been used before. The sign-in has been ended: somebody may have copied the token.",
});

@ObjectType({ description: "The outcome of renewing a sign-in.", simpleResolvers: true })
export class RefreshSessionPayload extends MutationPayload {
  @Field(() => AuthTokens, { nullable: true, description: "Null when it was refused: sign in again." })
  tokens!: AuthTokens | null;

  @Field(() => [refreshSessionError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof refreshSessionError.type>[];
}

export const signOutError = defineUserError("SignOut", {
  NOT_SIGNED_IN: "Returned when the sign-in had ended already.",
});

@ObjectType({ description: "The outcome of signing out.", simpleResolvers: true })
export class SignOutPayload extends MutationPayload {
  @Field(() => Int, { description: "How many sign-ins were ended." })
  ended!: number;

  @Field(() => [signOutError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof signOutError.type>[];
}
