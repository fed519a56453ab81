import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Node } from "./node.ts";
import { BigIntScalar, DateTime } from "./scalars.ts";

export const CreditEntryKind = {
  MONTHLY_ALLOCATION: "MONTHLY_ALLOCATION",
  PURCHASE: "PURCHASE",
  PROMO: "PROMO",
  USAGE: "USAGE",
  REFUND: "REFUND",
  EXPIRATION: "EXPIRATION",
  ADJUSTMENT: "ADJUSTMENT",
  TRANSFER: "TRANSFER",
  VOID: "VOID",
} as const;
export type CreditEntryKind = keyof typeof CreditEntryKind;
registerEnumType(CreditEntryKind, {
  name: "CreditEntryKind",
  description: "Why credits came or went.",
  valuesConfig: {
    MONTHLY_ALLOCATION: { description: "A plan's credits for a period." },
    PURCHASE: { description: "Credits that were paid for." },
    PROMO: { description: "A present." },
    USAGE: { description: "Credits that were used up." },
    REFUND: { description: "Used credits that were given back, on the same lots." },
    EXPIRATION: { description: "Credits that expired, or weren't carried over into a plan's next period." },
    ADJUSTMENT: { description: "A correction by hand, with a reason." },
    TRANSFER: { description: "Credits that another client gave or got." },
    VOID: { description: "Held credits that were let go after their lot's end, and got a new one." },
  },
});

export const CreditSource = {
  MONTHLY_ALLOCATION: "MONTHLY_ALLOCATION",
  PURCHASE: "PURCHASE",
  PROMO: "PROMO",
  ADJUSTMENT: "ADJUSTMENT",
} as const;
export type CreditSource = keyof typeof CreditSource;
registerEnumType(CreditSource, {
  name: "CreditSource",
  description: "Where the credits of a lot came from first, however often they changed hands.",
  valuesConfig: {
    MONTHLY_ALLOCATION: { description: "A plan." },
    PURCHASE: { description: "A payment." },
    PROMO: { description: "A present." },
    ADJUSTMENT: { description: "A correction." },
  },
});

export const CreditHoldState = { HELD: "HELD", POSTED: "POSTED", VOIDED: "VOIDED", EXPIRED: "EXPIRED" } as const;
export type CreditHoldState = keyof typeof CreditHoldState;
registerEnumType(CreditHoldState, {
  name: "CreditHoldState",
  description: "What became of held credits.",
  valuesConfig: {
    HELD: { description: "They are reserved." },
    POSTED: { description: "They were used up." },
    VOIDED: { description: "They went back." },
    EXPIRED: { description: "They went back by themselves, at the hold's end." },
  },
});

@ObjectType({
  implements: Node,
  description: "A part of an account's credits that came in together and expires together.",
  simpleResolvers: true,
})
export class CreditLot extends Node {
  readonly __typename = "CreditLot";

  @Field(() => CreditSource, { description: "Where its credits came from." })
  source!: CreditSource;

  @Field(() => BigIntScalar, { description: "How many credits came in." })
  granted!: bigint;

  @Field(() => BigIntScalar, { description: "How many are neither used, nor expired, nor held." })
  remaining!: bigint;

  @Field(() => Int, { description: "Lots with a smaller one are used first, then those that expire sooner." })
  priority!: number;

  @Field(() => DateTime, { description: "It can be used from here on." })
  effectiveAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "From here on it can't be used any more; null: never." })
  expiresAt!: Date | null;
}

@ObjectType({
  implements: Node,
  description: "Credits that are reserved for something, such as a booked session.",
  simpleResolvers: true,
})
export class CreditHold extends Node {
  readonly __typename = "CreditHold";

  @Field(() => BigIntScalar, { description: "How many." })
  amount!: bigint;

  @Field(() => CreditHoldState, { description: "What became of it." })
  state!: CreditHoldState;

  @Field(() => DateTime, { description: "Since when." })
  heldAt!: Date;

  @Field(() => DateTime, { description: "When they go back by themselves, if nothing else happens." })
  endsAt!: Date;
}

@ObjectType({
  implements: Node,
  description: "One line of an account's history. A move that touches several lots has a line for each.",
  simpleResolvers: true,
})
export class CreditEntry extends Node {
  readonly __typename = "CreditEntry";

  @Field(() => CreditEntryKind, { description: "Why." })
  kind!: CreditEntryKind;

  @Field(() => BigIntScalar, { description: "Credits that came (more than 0) or went (less)." })
  amount!: bigint;

  @Field(() => BigIntScalar, { description: "The account's balance after it." })
  balanceAfter!: bigint;

  @Field(() => DateTime, { description: "When. It never goes back within an account." })
  at!: Date;

  @Field(() => ID, { description: "The move that it is a line of." })
  transactionId!: string;

  @Field(() => ID, { nullable: true, description: "Of a refund: the move that it gives back." })
  reversesId!: string | null;

  @Field(() => String, { nullable: true, description: "What somebody wrote about it; for the team only." })
  reason!: string | null;

  @Field(() => CreditLot, { description: "The lot, as it is now." })
  lot!: CreditLot;
}

@ObjectType({ description: "What one kind of move came to within a statement's time.", simpleResolvers: true })
export class CreditStatementTotal {
  @Field(() => CreditEntryKind, { description: "The kind." })
  kind!: CreditEntryKind;

  @Field(() => BigIntScalar, { description: "Sum of its entries." })
  amount!: bigint;
}

@ObjectType({
  description: "An account between two instants: opening + totals = closing. Its lines are `entries(from:, to:)`.",
  simpleResolvers: true,
})
export class CreditStatement {
  @Field(() => DateTime, { description: "The first instant of it." })
  from!: Date;

  @Field(() => DateTime, { description: "The first instant that isn't part of it any more." })
  to!: Date;

  @Field(() => BigIntScalar, { description: "The balance just before." })
  opening!: bigint;

  @Field(() => [CreditStatementTotal], {
    description: "What came and went, by kind; kinds without entries are missing.",
  })
  totals!: CreditStatementTotal[];

  @Field(() => BigIntScalar, { description: "The balance at its end." })
  closing!: bigint;
}

@ObjectType({ implements: Node, description: "A client's credits.", simpleResolvers: true })
export class CreditAccount extends Node {
  readonly __typename = "CreditAccount";

  /** The client's uuid, which is the account's. */
  uuid!: string;

  @Field(() => ID, { description: "Whose they are." })
  clientId!: string;

  @Field(() => BigIntScalar, {
    description: "All credits, also those that are held, not effective yet, or expired but not booked so yet.",
  })
  balance!: bigint;

  @Field(() => BigIntScalar, { description: "How many of them are held." })
  held!: bigint;

  @Field(() => BigIntScalar, { description: "How many can be used now." })
  usable!: bigint;

  @Field(() => DateTime, { nullable: true, description: "When the first of the usable ones expire; null: never." })
  nextExpiry!: Date | null;

  @Field(() => BigIntScalar, { description: "Rises with each move: drop what has a smaller one than you have seen." })
  version!: bigint;
}

export const CreditLotConnection = defineConnection("CreditLot", () => CreditLot).Connection;
export const CreditHoldConnection = defineConnection("CreditHold", () => CreditHold).Connection;
export const CreditEntryConnection = defineConnection("CreditEntry", () => CreditEntry).Connection;
