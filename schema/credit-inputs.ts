import { ArgsType, Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { ConnectionArgs } from "./connection.ts";
import { BigIntScalar, DateTime } from "./scalars.ts";

export const CreditGrantKind = {
  MONTHLY_ALLOCATION: "MONTHLY_ALLOCATION",
  PURCHASE: "PURCHASE",
  PROMO: "PROMO",
} as const;
export type CreditGrantKind = keyof typeof CreditGrantKind;
registerEnumType(CreditGrantKind, {
  name: "CreditGrantKind",
  description: "Why credits are granted by hand.",
  valuesConfig: {
    MONTHLY_ALLOCATION: { description: "A plan that is kept elsewhere." },
    PURCHASE: { description: "A payment that was taken elsewhere. Paid credits are used after the others." },
    PROMO: { description: "A present." },
  },
});

@InputType({ description: "Credits for a client." })
export class GrantCreditsInput {
  @Field(() => ID, { description: "The client's id." })
  clientId!: string;

  @Field(() => BigIntScalar, { description: "How many: 1 to 1,000,000,000." })
  amount!: bigint;

  @Field(() => CreditGrantKind, { defaultValue: CreditGrantKind.PROMO, description: "Why." })
  kind!: CreditGrantKind;

  @Field(() => DateTime, { nullable: true, description: "When they can be used first. Default: now." })
  effectiveAt?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When they expire. Default: as many months later as the tenant's settings say (12). Null: never.",
  })
  expiresAt?: Date | null;

  @Field(() => String, { nullable: true, description: "A note for the team, at most 1,000 characters." })
  reason?: string | null;
}

@InputType({ description: "A correction of a client's credits." })
export class AdjustCreditsInput {
  @Field(() => ID, { description: "The client's id." })
  clientId!: string;

  @Field(() => BigIntScalar, { description: "Credits to add, or, less than 0, to take away; not 0." })
  amount!: bigint;

  @Field(() => String, { description: "Why: 1 to 1,000 characters." })
  reason!: string;
}

@InputType({ description: "A correction that waits." })
export class ApproveAdjustmentInput {
  @Field(() => ID, { description: "The adjustment's id." })
  id!: string;
}

@InputType({ description: "A correction that waits." })
export class RejectAdjustmentInput {
  @Field(() => ID, { description: "The adjustment's id." })
  id!: string;
}

@InputType({ description: "Credits that change hands." })
export class TransferCreditsInput {
  @Field(() => ID, { description: "Who gives them." })
  fromClientId!: string;

  @Field(() => ID, { description: "Who gets them." })
  toClientId!: string;

  @Field(() => BigIntScalar, { description: "How many: 1 to 1,000,000,000." })
  amount!: bigint;

  @Field(() => String, { nullable: true, description: "A note for the team, at most 1,000 characters." })
  reason?: string | null;
}

@InputType({ description: "New rules; what is left out stays." })
export class UpdateCreditSettingsInput {
  @Field(() => BigIntScalar, { nullable: true, description: "0 to 1,000,000,000." })
  approvalOver?: bigint | null;

  @Field(() => Int, { nullable: true, description: "1 to 120. Credits that were granted before keep their end." })
  expiresAfterMonths?: number | null;

  @Field(() => Int, { nullable: true, description: "Refuse with CONFLICT when the settings have another version." })
  expectedVersion?: number | null;
}

@ArgsType()
export class CreditEntriesArgs extends ConnectionArgs {
  @Field(() => DateTime, { nullable: true, description: "Only entries at or after this instant." })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Only entries before this instant." })
  to?: Date | null;
}
