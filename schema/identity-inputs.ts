import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "Who signs in." })
export class SignInInput {
  @Field(() => String, { description: "E-mail address, in any case." })
  email!: string;

  @Field(() => String, { description: "Password." })
  password!: string;

  @Field(() => ID, {
    nullable: true,
    description: "Which tenant, for a person who has the same e-mail and password in several.",
  })
  tenantId?: string | null;
}

@InputType({ description: "Which sign-in to renew." })
export class RefreshSessionInput {
  @Field(() => String, { description: "The newest refresh token. It works once: the answer brings the next one." })
  refreshToken!: string;
}

@InputType({ description: "What to sign out." })
export class SignOutInput {
  @Field(() => Boolean, { defaultValue: false, description: "true: end all of one's own sign-ins, not only this one." })
  everywhere!: boolean;
}
