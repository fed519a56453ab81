import { createUnionType, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { CreditAccount, CreditEntryKind } from "./credit-account.ts";
import { Lagged } from "./journal.ts";
import { BigIntScalar, Cursor, DateTime } from "./scalars.ts";

export const CreditChangeType = {
  GRANTED: "GRANTED",
  SPENT: "SPENT",
  HELD: "HELD",
  POSTED: "POSTED",
  VOIDED: "VOIDED",
  REFUNDED: "REFUNDED",
  EXPIRED: "EXPIRED",
  TRANSFERRED_IN: "TRANSFERRED_IN",
  TRANSFERRED_OUT: "TRANSFERRED_OUT",
  ADJUSTED_UP: "ADJUSTED_UP",
  ADJUSTED_DOWN: "ADJUSTED_DOWN",
} as const;
export type CreditChangeType = keyof typeof CreditChangeType;
registerEnumType(CreditChangeType, {
  name: "CreditChangeType",
  description: "What happened to an account's credits.",
  valuesConfig: {
    GRANTED: { description: "Credits came in; `kind` says why." },
    SPENT: { description: "Credits were used up at once." },
    HELD: { description: "Credits were reserved." },
    POSTED: { description: "Reserved credits were used up." },
    VOIDED: { description: "Reserved credits were let go, or their reservation has ended." },
    REFUNDED: { description: "Used credits came back." },
    EXPIRED: { description: "Credits expired, or weren't carried over into a plan's next period." },
    TRANSFERRED_IN: { description: "Another client gave credits." },
    TRANSFERRED_OUT: { description: "Another client got credits." },
    ADJUSTED_UP: { description: "A correction added credits." },
    ADJUSTED_DOWN: { description: "A correction, or a refund of the payment, took credits away." },
  },
});

@ObjectType({ description: "A move of an account's credits.", simpleResolvers: true })
export class CreditBalanceChanged {
  readonly __typename = "CreditBalanceChanged";

  @Field(() => Cursor, { description: "The place just after this move." })
  cursor!: string;

  @Field(() => CreditChangeType, { description: "What happened." })
  type!: CreditChangeType;

  @Field(() => CreditEntryKind, {
    nullable: true,
    description: "Why, as the account's history calls it; null where credits were only reserved or let go.",
  })
  kind!: CreditEntryKind | null;

  @Field(() => DateTime, { description: "When it was committed." })
  occurredAt!: Date;

  @Field(() => ID, { description: "Whose credits they are." })
  clientId!: string;

  @Field(() => BigIntScalar, { description: "How many credits moved, whichever way." })
  amount!: bigint;

  @Field(() => BigIntScalar, { description: "The account's balance just after it." })
  balance!: bigint;

  @Field(() => BigIntScalar, { description: "How many of them were held just after it." })
  held!: bigint;

  @Field(() => BigIntScalar, { description: "The account's version just after it." })
  version!: bigint;

  @Field(() => ID, { description: "The move, as the lines of the account's history name it." })
  transactionId!: string;

  @Field(() => ID, { nullable: true, description: "The hold that was made or settled." })
  holdId!: string | null;

  @Field(() => CreditAccount, {
    description: "The account as it is now, maybe after further moves: its `version` tells.",
  })
  account!: CreditAccount;
}

export const CreditBalanceUpdate = createUnionType({
  name: "CreditBalanceUpdate",
  description: "What the subscription on credits delivers.",
  types: () => [CreditBalanceChanged, Lagged] as const,
  resolveType: (value) => value.__typename,
});
