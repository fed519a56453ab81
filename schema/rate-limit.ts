import { Field, Int, ObjectType, registerEnumType } from "type-graphql";

export const RateLimitScope = { CREDENTIAL: "CREDENTIAL", TENANT: "TENANT", ADDRESS: "ADDRESS" } as const;
export type RateLimitScope = keyof typeof RateLimitScope;
registerEnumType(RateLimitScope, {
  name: "RateLimitScope",
  description: "Who shares a bucket.",
  valuesConfig: {
    CREDENTIAL: { description: "The member or key alone." },
    TENANT: { description: "All members and keys of the tenant." },
    ADDRESS: { description: "All callers without a credential from one network address." },
  },
});

@ObjectType({
  description: "A bucket of cost: operations take from it, and time fills it again.",
  simpleResolvers: true,
})
export class RateLimitBucket {
  @Field(() => RateLimitScope, { description: "Who shares it." })
  scope!: RateLimitScope;

  @Field(() => Int, { description: "How much it holds." })
  max!: number;

  @Field(() => Int, { description: "How much is in it now, without this operation's price." })
  available!: number;

  @Field(() => Int, { description: "How much it gets back per second." })
  restoreRate!: number;
}

@ObjectType({ description: "What one operation may be.", simpleResolvers: true })
export class OperationLimits {
  @Field(() => Int, { description: "The highest price." })
  maxCost!: number;

  @Field(() => Int, { description: "Tokens of the document." })
  maxTokens!: number;

  @Field(() => Int, { description: "Levels of fields, fragments expanded." })
  maxDepth!: number;

  @Field(() => Int, { description: "Aliases, fragments expanded." })
  maxAliases!: number;

  @Field(() => Int, { description: "Directives without `@idempotent`, fragments expanded." })
  maxDirectives!: number;

  @Field(() => Int, { description: "Root fields of a mutation." })
  maxRootMutations!: number;

  @Field(() => Int, { description: "Rows of a page." })
  maxPageSize!: number;

  @Field(() => Int, { description: "Bytes of a request's body or a socket's message." })
  maxBodyBytes!: number;

  @Field(() => Int, { description: "Milliseconds that it may run." })
  deadlineMs!: number;
}

@ObjectType({ description: "What the caller may use up.", simpleResolvers: true })
export class RateLimit {
  @Field(() => [RateLimitBucket], { description: "An operation's price is taken from all of these or from none." })
  buckets!: readonly RateLimitBucket[];

  @Field(() => OperationLimits, { description: "What one operation may be." })
  operation!: OperationLimits;
}
