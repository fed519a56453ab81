import { Arg, Ctx, Extensions, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Client } from "../../schema/client.ts";
import { SettleCreditsOwedInput } from "../../schema/payment-inputs.ts";
import { SettleCreditsOwedPayload } from "../../schema/payment-payloads.ts";
import { BigIntScalar } from "../../schema/scalars.ts";
import type { Context } from "../operations/context.ts";
import type { ReceivablesService } from "./receivables.service.ts";

@Resolver(() => Client)
export class ReceivablesResolver {
  readonly #receivables: ReceivablesService;

  constructor(receivables: ReceivablesService) {
    this.#receivables = receivables;
  }

  @Extensions({ action: "payment:refund" })
  @Mutation(() => SettleCreditsOwedPayload, {
    description:
      "Says that credits which a client owes after a refund were paid otherwise, or are let go. What he pays for next settles them by itself.",
  })
  settleCreditsOwed(
    @Ctx() context: Context,
    @Arg("input", () => SettleCreditsOwedInput, { description: "Of which refund, and why." })
    input: SettleCreditsOwedInput,
  ): Promise<SettleCreditsOwedPayload> {
    return this.#receivables.settleCreditsOwed(context, input);
  }

  @FieldResolver(() => BigIntScalar, {
    nullable: true,
    description:
      "Credits that were used before their money went back, and aren't settled: they are taken from what is paid for next. Null without the scope `billing:read`.",
  })
  creditsOwed(@Root() client: Client, @Ctx() context: Context): Promise<bigint | null> {
    return this.#receivables.creditsOwed(context, client);
  }
}
