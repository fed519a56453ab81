import { Field, InputType, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { learnerErrors, personErrors, phoneErrors } from "./person-errors.ts";

@InputType({ description: "That somebody agreed to something, now." })
export class ConsentInput {
  @Field(() => String, { description: "What for, such as `terms`. At most 100 characters." })
  purpose!: string;

  @Field(() => String, { description: "Version of the text that was shown. At most 100 characters." })
  textVersion!: string;
}

@InputType({ description: "Who enrols and pays." })
export class EnrollClientInput {
  @Field(() => String, { description: "Full name." })
  name!: string;

  @Field(() => String, { description: "E-mail address; stored in lower case." })
  email!: string;

  @Field(() => String, {
    nullable: true,
    description: "Phone number, international (`+216 …`) or as it is dialled in the tenant's country.",
  })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "IANA time zone, as the browser tells it. Default: the tenant's.",
  })
  timeZone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "BCP 47 language of mails, as the browser tells it. Default: the tenant's.",
  })
  locale?: string | null;
}

@InputType({ description: "Who is enrolled." })
export class EnrollLearnerInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether the client is the learner. Then name, e-mail address and login are the client's.",
  })
  isClient!: boolean;

  @Field(() => String, { nullable: true, description: "Full name. Needed unless the client is the learner." })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "E-mail address, for a login of the learner's own. Without one the client acts for the learner.",
  })
  email?: string | null;

  @Field(() => String, { nullable: true, description: "School year, in the school's own words." })
  grade?: string | null;

  @Field(() => [String], { nullable: true, description: "What the learner wants to reach, at most 20." })
  goals?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Subjects that the learner needs, at most 20." })
  subjects?: string[] | null;
}

@InputType({ description: "A client with one or more learners." })
export class EnrollInput {
  @Field(() => EnrollClientInput, { description: "Who pays." })
  client!: EnrollClientInput;

  @Field(() => [EnrollLearnerInput], { description: "Who benefits: 1 to 10." })
  learners!: EnrollLearnerInput[];

  @Field(() => [ConsentInput], { nullable: true, description: "What the client agreed to, at most 10." })
  consent?: ConsentInput[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A form field that people don't see. When it is filled, the answer is as always and nothing is stored.",
  })
  honeypot?: string | null;
}

export const EnrollUserError = defineUserError("Enroll", {
  ...personErrors,
  ...phoneErrors,
  ...learnerErrors,
  LEARNERS_MISSING: "Returned when there is no learner.",
  TOO_MANY_LEARNERS: "Returned when there are more than 10 learners, or two of them are the client.",
  EMAIL_REPEATED: "Returned when two people of this enrolment have the same e-mail address.",
  CONSENT_INVALID: "Returned when there are more than 10 consents, or one has no purpose or version, or a longer one.",
});

@ObjectType({
  description:
    "The outcome of enroll: the same whether or not the people are known already. What follows stands in the mails.",
  simpleResolvers: true,
})
export class EnrollPayload extends MutationPayload {
  @Field(() => Boolean, { description: "Whether it was taken. Says nothing about whether somebody was known." })
  accepted!: boolean;

  @Field(() => [EnrollUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof EnrollUserError.type>[];
}
