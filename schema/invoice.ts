import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { ConnectionArgs, defineConnection, OrderDirection } from "./connection.ts";
import { DateTimeFilter, IdFilter, KeywordFilter } from "./filter.ts";
import { Money } from "./money.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

export const InvoiceKind = { PACK: "PACK", FIRST: "FIRST", RENEWAL: "RENEWAL", CHANGE: "CHANGE" } as const;
export type InvoiceKind = keyof typeof InvoiceKind;
registerEnumType(InvoiceKind, {
  name: "InvoiceKind",
  description: "What an invoice bills.",
  valuesConfig: {
    PACK: { description: "A pack of credits." },
    FIRST: { description: "A plan's first period, which begins when it is paid." },
    RENEWAL: { description: "A plan's next period." },
    CHANGE: { description: "A dearer plan, for the rest of the period." },
  },
});

export const InvoiceState = { OPEN: "OPEN", PAID: "PAID", VOID: "VOID", REFUNDED: "REFUNDED" } as const;
export type InvoiceState = keyof typeof InvoiceState;
registerEnumType(InvoiceState, {
  name: "InvoiceState",
  description: "How an invoice is.",
  valuesConfig: {
    OPEN: { description: "It is to be paid." },
    PAID: { description: "It was paid, or costs nothing. If a part went back later, its payments tell it." },
    VOID: {
      description:
        "Nobody is to pay it any more, or the money that was recorded for it never was. Should money come after all, it is PAID.",
    },
    REFUNDED: { description: "It was paid, and all of that went back." },
  },
});

@ObjectType({ description: "A line of an invoice.", simpleResolvers: true })
export class InvoiceLine {
  @Field(() => String, { description: "What is billed: the name that the plan or pack had then." })
  description!: string;

  @Field(() => Int, { description: "How many." })
  quantity!: number;

  @Field(() => Money, { description: "What one costs." })
  unitPrice!: Money;

  @Field(() => Money, { description: "What they cost." })
  amount!: Money;

  @Field(() => DateTime, {
    nullable: true,
    description: "Start of the period that is billed; null when it begins with the payment, or for a pack.",
  })
  startsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "End of that period; it isn't part of it any more." })
  endsAt!: Date | null;
}

@ObjectType({ implements: Node, description: "What a client is billed.", simpleResolvers: true })
export class Invoice extends Node {
  readonly __typename = "Invoice";

  /** Its own uuid, for loaders. */
  uuid!: string;

  /** The client's uuid, for its loader. */
  clientUuid!: string;

  @Field(() => ID, { description: "Who is billed." })
  clientId!: string;

  @Field(() => ID, { nullable: true, description: "The subscription whose plan is billed; null for a pack." })
  subscriptionId!: string | null;

  @Field(() => ID, { nullable: true, description: "The pack that is billed." })
  packId!: string | null;

  @Field(() => String, {
    description: "The year in the tenant's time zone and a number that leaves none out: 2026-000042.",
  })
  number!: string;

  @Field(() => InvoiceKind, { description: "What it bills." })
  kind!: InvoiceKind;

  @Field(() => InvoiceState, { description: "How it is." })
  state!: InvoiceState;

  @Field(() => [InvoiceLine], { description: "What it is made of." })
  lines!: InvoiceLine[];

  @Field(() => Money, { description: "The sum of its lines." })
  amount!: Money;

  @Field(() => DateTime, { description: "When it was issued." })
  issuedAt!: Date;

  @Field(() => DateTime, { description: "Until when it is to be paid." })
  dueAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When its payment was confirmed." })
  paidAt!: Date | null;
}

export const InvoiceConnection = defineConnection("Invoice", () => Invoice).Connection;

export const InvoiceOrderField = { ISSUED_AT: "ISSUED_AT", DUE_AT: "DUE_AT" } as const;
export type InvoiceOrderField = keyof typeof InvoiceOrderField;
registerEnumType(InvoiceOrderField, {
  name: "InvoiceOrderField",
  description: "What invoices can be ordered by. The id always comes last, so that the order is total.",
  valuesConfig: {
    ISSUED_AT: { description: "When they were issued." },
    DUE_AT: { description: "Until when they are to be paid." },
  },
});

@InputType({ description: "One key of an order of invoices." })
export class InvoiceOrder {
  @Field(() => InvoiceOrderField, { description: "What to order by." })
  field!: InvoiceOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which end comes first." })
  direction!: OrderDirection;
}

@InputType({ description: "Conditions on an invoice's state; all must hold." })
export class InvoiceStateFilter {
  @Field(() => InvoiceState, { nullable: true, description: "Is this state." })
  eq?: InvoiceState;

  @Field(() => [InvoiceState], { nullable: true, description: "Is one of these." })
  in?: InvoiceState[];
}

@InputType({
  description:
    "Which invoices. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class InvoiceFilter {
  @Field(() => [InvoiceFilter], { nullable: true, description: "All of these hold." })
  and?: InvoiceFilter[];

  @Field(() => [InvoiceFilter], { nullable: true, description: "At least one of these holds." })
  or?: InvoiceFilter[];

  @Field(() => InvoiceFilter, { nullable: true, description: "This doesn't hold." })
  not?: InvoiceFilter;

  @Field(() => IdFilter, { nullable: true, description: "By id." })
  id?: IdFilter;

  @Field(() => IdFilter, { nullable: true, description: "By client." })
  clientId?: IdFilter;

  @Field(() => IdFilter, { nullable: true, description: "By subscription." })
  subscriptionId?: IdFilter;

  @Field(() => KeywordFilter, { nullable: true, description: "By number." })
  number?: KeywordFilter;

  @Field(() => InvoiceStateFilter, { nullable: true, description: "By state." })
  state?: InvoiceStateFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when they were issued." })
  issuedAt?: DateTimeFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By until when they are to be paid." })
  dueAt?: DateTimeFilter;
}

@ArgsType()
export class InvoicesArgs extends ConnectionArgs {
  @Field(() => InvoiceFilter, { nullable: true, description: "Which invoices. Default: all that one may see." })
  filter?: InvoiceFilter | null;

  @Field(() => [InvoiceOrder], {
    nullable: true,
    description: "At most three keys; an empty list orders by id alone. Default: newest first.",
  })
  orderBy?: InvoiceOrder[] | null;
}
