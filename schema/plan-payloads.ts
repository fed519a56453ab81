import { Field, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { Pack, Plan } from "./plan.ts";

const nameInvalid = "Returned when the name isn't 1 to 200 characters without control characters.";
const descriptionInvalid = "Returned when the description is longer than 2,000 characters.";
const priceInvalid = "Returned when the amount is out of its limits or the currency isn't ISO 4217's.";
const creditsInvalid = "Returned when the credits are out of their limits.";
const rolloverInvalid = "Returned when CAP has no cap of 0 or more, or another rule has one.";
const subjectsInvalid = "Returned when there are more than 50 subjects, or one isn't 1 to 200 characters.";
const limitInvalid = "Returned when a limit is less than 0.";
const monthsInvalid = "Returned when the months aren't 1 to 120.";
const keyInvalid = "Returned when the key isn't 1 to 50 capital letters, digits and _, beginning with a letter.";
const noPlan = "Returned when there is no such plan.";
const noPack = "Returned when there is no such pack.";
const conflict = "Returned when it has another version than expected; the payload has it as it is.";

export const CreatePlanUserError = defineUserError("CreatePlan", {
  KEY_INVALID: keyInvalid,
  KEY_TAKEN: "Returned when another plan has the key; `plan` is that one.",
  NAME_INVALID: nameInvalid,
  DESCRIPTION_INVALID: descriptionInvalid,
  PRICE_INVALID: priceInvalid,
  CREDITS_INVALID: creditsInvalid,
  ROLLOVER_INVALID: rolloverInvalid,
  AI_SUBJECTS_INVALID: subjectsInvalid,
  LIMIT_INVALID: limitInvalid,
});

@ObjectType({ description: "The outcome of createPlan.", simpleResolvers: true })
export class CreatePlanPayload extends MutationPayload {
  @Field(() => Plan, { nullable: true, description: "The plan as it is now." })
  plan!: Plan | null;

  @Field(() => [CreatePlanUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CreatePlanUserError.type>[];
}

export const UpdatePlanUserError = defineUserError("UpdatePlan", {
  NOT_FOUND: noPlan,
  CONFLICT: conflict,
  NAME_INVALID: nameInvalid,
  DESCRIPTION_INVALID: descriptionInvalid,
  PRICE_INVALID: priceInvalid,
  CREDITS_INVALID: creditsInvalid,
  ROLLOVER_INVALID: rolloverInvalid,
  AI_SUBJECTS_INVALID: subjectsInvalid,
  LIMIT_INVALID: limitInvalid,
  CURRENCY_FIXED: "Returned when the price is in another currency: make another plan.",
});

@ObjectType({ description: "The outcome of updatePlan.", simpleResolvers: true })
export class UpdatePlanPayload extends MutationPayload {
  @Field(() => Plan, { nullable: true, description: "The plan as it is now." })
  plan!: Plan | null;

  @Field(() => [UpdatePlanUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdatePlanUserError.type>[];
}

export const WithdrawPlanUserError = defineUserError("WithdrawPlan", {
  NOT_FOUND: noPlan,
});

@ObjectType({ description: "The outcome of withdrawPlan.", simpleResolvers: true })
export class WithdrawPlanPayload extends MutationPayload {
  @Field(() => Plan, { nullable: true, description: "The plan as it is now." })
  plan!: Plan | null;

  @Field(() => [WithdrawPlanUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof WithdrawPlanUserError.type>[];
}

export const CreatePackUserError = defineUserError("CreatePack", {
  KEY_INVALID: keyInvalid,
  KEY_TAKEN: "Returned when another pack has the key; `pack` is that one.",
  NAME_INVALID: nameInvalid,
  DESCRIPTION_INVALID: descriptionInvalid,
  PRICE_INVALID: priceInvalid,
  CREDITS_INVALID: creditsInvalid,
  MONTHS_INVALID: monthsInvalid,
});

@ObjectType({ description: "The outcome of createPack.", simpleResolvers: true })
export class CreatePackPayload extends MutationPayload {
  @Field(() => Pack, { nullable: true, description: "The pack as it is now." })
  pack!: Pack | null;

  @Field(() => [CreatePackUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CreatePackUserError.type>[];
}

export const UpdatePackUserError = defineUserError("UpdatePack", {
  NOT_FOUND: noPack,
  CONFLICT: conflict,
  NAME_INVALID: nameInvalid,
  DESCRIPTION_INVALID: descriptionInvalid,
  PRICE_INVALID: priceInvalid,
  CREDITS_INVALID: creditsInvalid,
  MONTHS_INVALID: monthsInvalid,
  CURRENCY_FIXED: "Returned when the price is in another currency: make another pack.",
});

@ObjectType({ description: "The outcome of updatePack.", simpleResolvers: true })
export class UpdatePackPayload extends MutationPayload {
  @Field(() => Pack, { nullable: true, description: "The pack as it is now." })
  pack!: Pack | null;

  @Field(() => [UpdatePackUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdatePackUserError.type>[];
}

export const WithdrawPackUserError = defineUserError("WithdrawPack", {
  NOT_FOUND: noPack,
});

@ObjectType({ description: "The outcome of withdrawPack.", simpleResolvers: true })
export class WithdrawPackPayload extends MutationPayload {
  @Field(() => Pack, { nullable: true, description: "The pack as it is now." })
  pack!: Pack | null;

  @Field(() => [WithdrawPackUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof WithdrawPackUserError.type>[];
}

export const AddExampleCatalogueUserError = defineUserError("AddExampleCatalogue", {
  NOT_CONFIRMED: "Returned when `confirms` is false.",
});

@ObjectType({ description: "The outcome of addExampleCatalogue.", simpleResolvers: true })
export class AddExampleCataloguePayload extends MutationPayload {
  @Field(() => [Plan], { description: "The example's plans." })
  plans!: Plan[];

  @Field(() => [Pack], { description: "The example's packs." })
  packs!: Pack[];

  @Field(() => [AddExampleCatalogueUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof AddExampleCatalogueUserError.type>[];
}
