import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";
import { ShownOnce } from "./shown-once.ts";

export const PaymentProofFormat = { PDF: "PDF", PNG: "PNG", JPEG: "JPEG" } as const;
export type PaymentProofFormat = keyof typeof PaymentProofFormat;
registerEnumType(PaymentProofFormat, {
  name: "PaymentProofFormat",
  description: "What a proof is, by its bytes.",
  valuesConfig: {
    PDF: { description: "A PDF document." },
    PNG: { description: "A PNG image." },
    JPEG: { description: "A JPEG image." },
  },
});

@ObjectType({
  implements: Node,
  description: "A file that shows that somebody has paid, such as his bank's notice. It confirms nothing by itself.",
  simpleResolvers: true,
})
export class PaymentProof extends Node {
  readonly __typename = "PaymentProof";

  /** Its own uuid, for its link. */
  uuid!: string;

  @Field(() => ID, { description: "The payment's id." })
  paymentId!: string;

  @Field(() => PaymentProofFormat, { description: "What it is." })
  format!: PaymentProofFormat;

  @Field(() => Int, { description: "How many bytes it has." })
  sizeBytes!: number;

  @Field(() => String, { description: "SHA-256 of its bytes, in hexadecimal digits." })
  sha256!: string;

  @Field(() => DateTime, { description: "When it was attached." })
  attachedAt!: Date;
}

@InputType({ description: "A payment to which a file is to be attached." })
export class AttachPaymentProofInput {
  @Field(() => ID, { description: "The payment's id." })
  paymentId!: string;
}

export const AttachPaymentProofUserError = defineUserError("AttachPaymentProof", {
  NOT_FOUND: "Returned when there is no such payment.",
  TOO_MANY: "Returned when the payment has ten files already, or links for them.",
});

@ObjectType({ description: "The outcome of attachPaymentProof.", simpleResolvers: true })
export class AttachPaymentProofPayload extends MutationPayload {
  @ShownOnce()
  @Field(() => String, {
    nullable: true,
    description: "Send the file here by PUT or POST: a PDF, PNG or JPEG of at most 5 MiB. The link takes one file.",
  })
  uploadUrl!: string | null;

  @Field(() => DateTime, { nullable: true, description: "Until when the link works." })
  expiresAt!: Date | null;

  @Field(() => [AttachPaymentProofUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof AttachPaymentProofUserError.type>[];
}
