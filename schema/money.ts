import { Field, InputType, ObjectType } from "type-graphql";
import { BigIntScalar } from "./scalars.ts";

@ObjectType({ description: "An amount of money.", simpleResolvers: true })
export class Money {
  @Field(() => BigIntScalar, { description: "In the currency's minor unit: 79.000 TND is 79000, 500 XOF is 500." })
  amountMinor!: bigint;

  @Field(() => String, { description: "ISO 4217 code, such as TND." })
  currency!: string;

  @Field(() => String, {
    description: 'The amount with the currency\'s own number of decimals: "79.000". For display.',
  })
  amount!: string;
}

@InputType({ description: "An amount of money." })
export class MoneyInput {
  @Field(() => BigIntScalar, { description: "In the currency's minor unit: 79.000 TND is 79000, 500 XOF is 500." })
  amountMinor!: bigint;

  @Field(() => String, { description: "ISO 4217 code, such as TND." })
  currency!: string;
}
