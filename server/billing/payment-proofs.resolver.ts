import { Arg, Ctx, Extensions, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { AttachPaymentProofInput, AttachPaymentProofPayload, PaymentProof } from "../../schema/payment-proof.ts";
import { Payment } from "../../schema/payment.ts";
import type { Context } from "../operations/context.ts";
import type { PaymentProofsService } from "./payment-proofs.service.ts";

@Resolver(() => Payment)
export class PaymentProofsResolver {
  readonly #proofs: PaymentProofsService;

  constructor(proofs: PaymentProofsService) {
    this.#proofs = proofs;
  }

  @Extensions({ action: "billing:buy" })
  @Mutation(() => AttachPaymentProofPayload, {
    description:
      "Gives a link to which a file can be sent that shows that somebody has paid. The team looks at it; it confirms nothing.",
  })
  attachPaymentProof(
    @Ctx() context: Context,
    @Arg("input", () => AttachPaymentProofInput, { description: "The payment." }) input: AttachPaymentProofInput,
  ): Promise<AttachPaymentProofPayload> {
    return this.#proofs.attachPaymentProof(context, input);
  }

  @Extensions({ cost: { size: 2 } })
  @FieldResolver(() => [PaymentProof], { description: "The files that were attached, the oldest first, at most ten." })
  proofs(@Root() payment: Payment, @Ctx() context: Context): Promise<PaymentProof[]> {
    return this.#proofs.proofs(context, payment);
  }
}

@Resolver(() => PaymentProof)
export class PaymentProofResolver {
  readonly #proofs: PaymentProofsService;

  constructor(proofs: PaymentProofsService) {
    this.#proofs = proofs;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Where the file is for 15 minutes, for whoever has the address; a new one each time. Null for all but the team's members.",
  })
  downloadUrl(@Root() proof: PaymentProof, @Ctx() context: Context): string | null {
    return this.#proofs.downloadUrl(context, proof);
  }
}
