import { Arg, Args, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import type { Page } from "../../schema/connection.ts";
import { CancelMailInput, MailsArgs, RetryMailInput, UpdateMailBrandingInput } from "../../schema/mail-inputs.ts";
import { CancelMailPayload, RetryMailPayload, UpdateMailBrandingPayload } from "../../schema/mail-payloads.ts";
import { type Mail, MailBranding, MailConnection } from "../../schema/mail.ts";
import type { Context } from "../operations/context.ts";
import type { MailService } from "./mail.service.ts";

@Resolver()
export class MailResolver {
  readonly #mail: MailService;

  constructor(mail: MailService) {
    this.#mail = mail;
  }

  @Extensions({ action: "mail:read" })
  @Query(() => MailConnection, { description: "What was or will be mailed, newest first." })
  mails(@Ctx() context: Context, @Args(() => MailsArgs) args: MailsArgs): Promise<Page<Mail>> {
    return this.#mail.mails(context, args);
  }

  @Extensions({ action: "mail:read" })
  @Query(() => MailBranding, { description: "What the tenant's mail looks like." })
  mailBranding(@Ctx() context: Context): Promise<MailBranding> {
    return this.#mail.mailBranding(context);
  }

  @Extensions({ action: "mail:manage" })
  @Mutation(() => RetryMailPayload, {
    description: "Sends a mail that failed, or that may not have arrived. In the latter case it may arrive twice.",
  })
  retryMail(
    @Ctx() context: Context,
    @Arg("input", () => RetryMailInput, { description: "The mail." }) input: RetryMailInput,
  ): Promise<RetryMailPayload> {
    return this.#mail.retryMail(context, input);
  }

  @Extensions({ action: "mail:manage" })
  @Mutation(() => CancelMailPayload, { description: "Takes back a mail that waits." })
  cancelMail(
    @Ctx() context: Context,
    @Arg("input", () => CancelMailInput, { description: "The mail." }) input: CancelMailInput,
  ): Promise<CancelMailPayload> {
    return this.#mail.cancelMail(context, input);
  }

  @Extensions({ action: "mail:manage" })
  @Mutation(() => UpdateMailBrandingPayload, { description: "Changes what the tenant's mail looks like from now on." })
  updateMailBranding(
    @Ctx() context: Context,
    @Arg("input", () => UpdateMailBrandingInput, { description: "What to change." }) input: UpdateMailBrandingInput,
  ): Promise<UpdateMailBrandingPayload> {
    return this.#mail.updateMailBranding(context, input);
  }
}
