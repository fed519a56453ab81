import { Arg, Ctx, Extensions, Mutation, Resolver } from "type-graphql";
import {
  ChangeEmailInput,
  ChangeEmailPayload,
  ConfirmEmailChangeInput,
  ConfirmEmailChangePayload,
  ResendLoginInput,
  ResendLoginPayload,
} from "../../schema/email-change.ts";
import type { Context } from "../operations/context.ts";
import type { EmailChangesService } from "./email-changes.service.ts";
import type { LoginResendsService } from "./login-resends.service.ts";

@Resolver()
export class PersonEmailsResolver {
  readonly #changes: EmailChangesService;
  readonly #resends: LoginResendsService;

  constructor(changes: EmailChangesService, resends: LoginResendsService) {
    this.#changes = changes;
    this.#resends = resends;
  }

  @Extensions({ action: "person:email" })
  @Mutation(() => ChangeEmailPayload, {
    description:
      "Changes an e-mail address: the team's people's, everybody his own with his password. Whoever signs in with it confirms the new one first, and the old one is told.",
  })
  changeEmail(
    @Ctx() context: Context,
    @Arg("input", () => ChangeEmailInput, { description: "Whose address, and which." }) input: ChangeEmailInput,
  ): Promise<ChangeEmailPayload> {
    return this.#changes.changeEmail(context, input);
  }

  @Extensions({ action: "auth:sign-in" })
  @Mutation(() => ConfirmEmailChangePayload, {
    description: "Takes a new e-mail address, by the link that was mailed to it.",
  })
  confirmEmailChange(
    @Ctx() context: Context,
    @Arg("input", () => ConfirmEmailChangeInput, { description: "The link's secret." }) input: ConfirmEmailChangeInput,
  ): Promise<ConfirmEmailChangePayload> {
    return this.#changes.confirmEmailChange(context, input);
  }

  @Extensions({ action: "people:enroll" })
  @Mutation(() => ResendLoginPayload, {
    description:
      "Mails somebody who has no login yet another link that makes one, once in an hour at most. The answer doesn't tell who is known.",
  })
  resendLogin(
    @Ctx() context: Context,
    @Arg("input", () => ResendLoginInput, { description: "Whose login." }) input: ResendLoginInput,
  ): Promise<ResendLoginPayload> {
    return this.#resends.resendLogin(context, input);
  }
}
