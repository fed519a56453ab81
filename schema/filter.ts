import { type ClassType, Field, ID, InputType } from "type-graphql";
import { DateTimeOrDuration } from "./scalars.ts";

/** The comparisons that every type of value has. */
function defineComparisons<Value>(value: () => object) {
  const type = value as () => ClassType;
  @InputType()
  abstract class Comparisons {
    @Field(type, { nullable: true, description: "Equals this value." })
    eq?: Value;

    @Field(type, { nullable: true, description: "Has a value, and not this one." })
    neq?: Value;

    @Field(() => [type()], { nullable: true, description: "Equals one of these values, at most 250." })
    in?: Value[];

    @Field(() => [type()], { nullable: true, description: "Has a value, and none of these, at most 250." })
    nin?: Value[];

    @Field(() => Boolean, { nullable: true, description: "true: has no value; false: has one." })
    isNull?: boolean;
  }
  return Comparisons;
}

@InputType({ description: "Conditions on an id; all must hold." })
export class IdFilter extends defineComparisons<string>(() => ID) {}

@InputType({ description: "Conditions on a text that is compared as a whole; all must hold." })
export class KeywordFilter extends defineComparisons<string>(() => String) {}

@InputType({ description: "Conditions on a text; all must hold." })
export class StringFilter extends defineComparisons<string>(() => String) {
  @Field(() => String, {
    nullable: true,
    description:
      "Contains this text, in any case; accents count. `%` and `_` stand for themselves. Needs three letters or digits in a row, or the beginning of a word after another sign; a letter beyond ASCII counts for two or three.",
  })
  contains?: string;

  @Field(() => String, {
    nullable: true,
    description: "Starts with this text, in any case; accents count. Needs a letter or a digit.",
  })
  startsWith?: string;
}

@InputType({ description: "Conditions on an instant; all must hold." })
export class DateTimeFilter {
  @Field(() => DateTimeOrDuration, { nullable: true, description: "At exactly this instant." })
  eq?: string;

  @Field(() => DateTimeOrDuration, { nullable: true, description: "After this instant." })
  gt?: string;

  @Field(() => DateTimeOrDuration, { nullable: true, description: "At or after this instant." })
  gte?: string;

  @Field(() => DateTimeOrDuration, { nullable: true, description: "Before this instant." })
  lt?: string;

  @Field(() => DateTimeOrDuration, { nullable: true, description: "At or before this instant." })
  lte?: string;

  @Field(() => Boolean, { nullable: true, description: "true: has no value; false: has one." })
  isNull?: boolean;
}

@InputType({ description: "Conditions on a list of texts; all must hold." })
export class StringListFilter {
  @Field(() => StringFilter, { nullable: true, description: "At least one element matches." })
  some?: StringFilter;

  @Field(() => StringFilter, {
    nullable: true,
    description: "All elements match (also when there are none).",
  })
  every?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "No element matches." })
  none?: StringFilter;
}
