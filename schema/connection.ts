import { ArgsType, type ClassType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Cursor } from "./scalars.ts";

export const OrderDirection = { ASC: "ASC", DESC: "DESC" } as const;
export type OrderDirection = keyof typeof OrderDirection;
registerEnumType(OrderDirection, {
  name: "OrderDirection",
  description: "Which end of the order comes first.",
  valuesConfig: { ASC: { description: "Smallest, earliest first." }, DESC: { description: "Largest, latest first." } },
});

export const NullsOrder = { FIRST: "FIRST", LAST: "LAST" } as const;
export type NullsOrder = keyof typeof NullsOrder;
registerEnumType(NullsOrder, {
  name: "NullsOrder",
  description: "Where rows without a value stand.",
  valuesConfig: { FIRST: { description: "Before all others." }, LAST: { description: "After all others." } },
});

@ObjectType({ description: "Where a page stands in its list (Relay).", simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether rows follow this page." })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether rows precede this page." })
  hasPreviousPage!: boolean;

  @Field(() => Cursor, { nullable: true, description: "Cursor of the first row; null when the page is empty." })
  startCursor!: string | null;

  @Field(() => Cursor, { nullable: true, description: "Cursor of the last row; null when the page is empty." })
  endCursor!: string | null;
}

@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { nullable: true, description: "How many rows from the start, 0 to 250. Default 50." })
  first?: number | null;

  @Field(() => Cursor, { nullable: true, description: "Only rows after this cursor." })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: "How many rows from the end, 0 to 250. Not together with `first`." })
  last?: number | null;

  @Field(() => Cursor, { nullable: true, description: "Only rows before this cursor." })
  before?: string | null;
}

/** A page as services return it. The total is counted only when it is asked for (server/operations/total-count.ts). */
export interface Page<Item> {
  readonly edges: readonly { readonly cursor: string; readonly node: Item }[];
  readonly nodes: readonly Item[];
  readonly pageInfo: PageInfo;
}

/** Defines `<name>Edge` and `<name>Connection`. */
export function defineConnection<Item extends object>(name: string, item: () => ClassType<Item>) {
  @ObjectType(`${name}Edge`, { description: `One ${name} and its place in the list.`, simpleResolvers: true })
  class Edge {
    @Field(() => Cursor, { description: "This row's place in the list." })
    cursor!: string;

    @Field(item, { description: "The row." })
    node!: Item;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name} objects (Relay).`, simpleResolvers: true })
  class Connection implements Page<Item> {
    @Field(() => Int, { description: "How many rows the whole list has. Counted only when it is asked for." })
    totalCount!: number;

    @Field(() => [Edge], { description: "The page's rows with their cursors." })
    edges!: Edge[];

    @Field(() => [item()], { description: "The page's rows." })
    nodes!: Item[];

    @Field(() => PageInfo, { description: "Where the page stands." })
    pageInfo!: PageInfo;
  }
  return { Edge, Connection };
}
