import { Arg, Ctx, Extensions, Mutation, Resolver } from "type-graphql";
import { RefreshSessionPayload, SignInPayload, SignOutPayload } from "../../schema/identity.ts";
import { RefreshSessionInput, SignInInput, SignOutInput } from "../../schema/identity-inputs.ts";
import type { Context } from "../operations/context.ts";
import type { AuthSessionService } from "./auth-session.service.ts";
import type { SignInService } from "./sign-in.service.ts";

@Resolver()
export class AuthResolver {
  readonly #signIn: SignInService;
  readonly #authSessions: AuthSessionService;

  constructor(signIn: SignInService, authSessions: AuthSessionService) {
    this.#signIn = signIn;
    this.#authSessions = authSessions;
  }

  @Extensions({ action: "auth:sign-in" })
  @Mutation(() => SignInPayload, { description: "Signs a member in by e-mail and password." })
  signIn(
    @Ctx() context: Context,
    @Arg("input", () => SignInInput, { description: "Who signs in." }) input: SignInInput,
  ): Promise<SignInPayload> {
    return this.#signIn.signIn(context, input);
  }

  @Extensions({ action: "auth:sign-in" })
  @Mutation(() => RefreshSessionPayload, {
    description: "Renews a sign-in: a new access token and the next refresh token.",
  })
  refreshSession(
    @Ctx() context: Context,
    @Arg("input", () => RefreshSessionInput, { description: "Which sign-in." }) input: RefreshSessionInput,
  ): Promise<RefreshSessionPayload> {
    return this.#authSessions.refreshSession(context, input);
  }

  @Extensions({ action: "auth:sign-out" })
  @Mutation(() => SignOutPayload, { description: "Ends this sign-in, or all of one's own." })
  signOut(
    @Ctx() context: Context,
    @Arg("input", () => SignOutInput, { description: "What to end." }) input: SignOutInput,
  ): Promise<SignOutPayload> {
    return this.#authSessions.signOut(context, input);
  }
}
