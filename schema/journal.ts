import { ArgsType, createUnionType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { ConnectionArgs, defineConnection } from "./connection.ts";
import { Node } from "./node.ts";
import { BigIntScalar, Cursor, DateTime, JsonObject } from "./scalars.ts";

export const ActorType = {
  MEMBER: "MEMBER",
  API_KEY: "API_KEY",
  PUBLISHABLE_KEY: "PUBLISHABLE_KEY",
  SYSTEM: "SYSTEM",
} as const;
export type ActorType = keyof typeof ActorType;
registerEnumType(ActorType, {
  name: "ActorType",
  description: "What kind of principal caused a change.",
  valuesConfig: {
    MEMBER: { description: "A member who was signed in." },
    API_KEY: { description: "A secret key." },
    PUBLISHABLE_KEY: { description: "A publishable key, so a visitor's browser." },
    SYSTEM: { description: "Nexora itself." },
  },
});

@ObjectType("Actor", { description: "Who caused a change.", simpleResolvers: true })
export class JournalActor {
  @Field(() => ActorType, { description: "What kind of principal it was." })
  type!: ActorType;

  @Field(() => String, { nullable: true, description: "TypeID of the member or key; null for the system." })
  principalId!: string | null;
}

@ObjectType({
  implements: Node,
  description: "One change, numbered and chained: the tenant's history has no gap and no other order.",
})
export class JournalEntry extends Node {
  readonly __typename = "JournalEntry";

  @Field(() => BigIntScalar, { simple: true, description: "1, 2, 3 … in commit order, without gaps." })
  position!: bigint;

  @Field(() => String, { simple: true, description: "What happened, in the past tense: `lead.captured`." })
  type!: string;

  @Field(() => String, { simple: true, description: "TypeID of what it happened to." })
  subjectId!: string;

  @Field(() => JournalActor, { simple: true, description: "Who caused it." })
  actor!: JournalActor;

  @Field(() => DateTime, { simple: true, description: "When the database committed it." })
  occurredAt!: Date;

  @Field(() => String, { simple: true, description: "The request that caused it, as in logs and errors." })
  requestId!: string;

  @Field(() => JsonObject, {
    simple: true,
    description: "What changed. Personal data is gone once its subject was deleted.",
  })
  data!: Record<string, unknown>;

  @Field(() => String, { simple: true, description: "SHA-256 (hex) of the previous entry's hash and this entry." })
  hash!: string;

  @Field(() => Cursor, { simple: true, description: "The place just after this entry." })
  cursor!: string;
}

@ObjectType({
  description: "The subscriber was too far behind: entries were skipped. Read the state anew, then go on.",
  simpleResolvers: true,
})
export class Lagged {
  readonly __typename = "Lagged";

  @Field(() => Int, { description: "How many entries were skipped." })
  missed!: number;

  @Field(() => Cursor, { description: "The place from which the subscription goes on." })
  resumeAt!: string;
}

export const JournalUpdate = createUnionType({
  name: "JournalUpdate",
  description: "What the journal's subscription delivers.",
  types: () => [JournalEntry, Lagged] as const,
  resolveType: (value) => value.__typename,
});

const { Connection } = defineConnection("JournalEntry", () => JournalEntry);
export const JournalEntryConnection = Connection;

@ObjectType({
  description: "The outcome of checking the journal's numbering, chain and payloads.",
  simpleResolvers: true,
})
export class JournalVerification {
  @Field(() => Boolean, { description: "Whether every entry in the range is as it was written." })
  valid!: boolean;

  @Field(() => BigIntScalar, { description: "How many entries were checked." })
  entries!: bigint;

  @Field(() => BigIntScalar, { nullable: true, description: "The first position whose entry is missing or changed." })
  firstBadPosition!: bigint | null;
}

@ArgsType()
export class JournalArgs extends ConnectionArgs {
  @Field(() => [String], {
    nullable: true,
    description:
      "Only entries of these types; an empty list matches none. A type that isn't known matches what is recorded of it: older versions had others, and later ones may.",
  })
  types?: string[] | null;
}

@ArgsType()
export class VerifyJournalArgs {
  @Field(() => BigIntScalar, { nullable: true, description: "First position. Default 1." })
  from?: bigint | null;

  @Field(() => BigIntScalar, { nullable: true, description: "Last position. Default: the last one there is." })
  to?: bigint | null;
}

@ArgsType()
export class JournalFeedArgs {
  @Field(() => Cursor, { nullable: true, description: "Where to go on. Default: from now on." })
  after?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "Only entries of these types; an empty list matches none. A type that isn't known matches what is recorded of it: older versions had others, and later ones may.",
  })
  types?: string[] | null;
}
