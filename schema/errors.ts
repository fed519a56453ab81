import { Field, InterfaceType, ObjectType, registerEnumType } from "type-graphql";

@InterfaceType({
  description: "Something the caller can expect and correct. With user errors nothing was written.",
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class UserError {
  @Field(() => String, { description: "A sentence for people. It may change; programs read `code`." })
  message!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Path of the input field that caused it, such as `["input", "email"]`.',
  })
  field!: readonly string[] | null;
}

/** What a rule returns when it refuses: the service hands it to the caller as it is. */
export interface UserErrorData<Code extends string> {
  readonly code: Code;
  readonly message: string;
  readonly field: readonly string[] | null;
}

type Descriptions = Readonly<Record<string, string>>;

/**
 * Defines the enum `<mutation>ErrorCode` and the type `<mutation>UserError` of one mutation. The values say when each code
 * is returned.
 */
export function defineUserError<const Codes extends Descriptions>(mutation: string, codes: Codes) {
  type Code = Extract<keyof Codes, string>;
  const errorCode = Object.fromEntries(Object.keys(codes).map((code) => [code, code])) as { [Key in Code]: Key };
  registerEnumType(errorCode, {
    name: `${mutation}ErrorCode`,
    description: `Why ${mutation} can be refused.`,
    valuesConfig: Object.fromEntries(Object.entries(codes).map(([code, description]) => [code, { description }])) as {
      [Key in Code]: { description: string };
    },
  });

  const typename = `${mutation}UserError`;
  @ObjectType(typename, {
    implements: UserError,
    description: `A reason why ${mutation} was refused.`,
    simpleResolvers: true,
  })
  class MutationUserError extends UserError {
    @Field(() => errorCode, { description: "The reason, for programs." })
    code!: Code;
  }
  return { type: MutationUserError, codes: errorCode };
}
