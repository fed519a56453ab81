import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { DateTime } from "./scalars.ts";

@InputType({ description: "A start on a clock: what people say, which the clocks may skip or show twice." })
export class LocalStartInput {
  @Field(() => String, { description: "Date and time on the zone's clocks: `2027-03-28T14:00`." })
  local!: string;

  @Field(() => String, { description: "The zone, of the IANA database: `Africa/Tunis`." })
  timeZone!: string;
}

@InputType({ description: "A session to book. The start is `startsAt` or `localStart`." })
export class BookSessionInput {
  @Field(() => ID, { description: "Who takes part." })
  learnerId!: string;

  @Field(() => ID, { description: "What is booked." })
  sessionTypeId!: string;

  @Field(() => ID, { nullable: true, description: "With whom. Default: anybody who is free." })
  coachId?: string | null;

  @Field(() => DateTime, { nullable: true, description: "The start, as an instant." })
  startsAt?: Date | null;

  @Field(() => LocalStartInput, { nullable: true, description: "The start, on a clock." })
  localStart?: LocalStartInput | null;

  @Field(() => ID, { nullable: true, description: "Where, if the type names rooms. Default: one that is free." })
  roomId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Who pays. Default: the caller if he is a client, else who pays by default.",
  })
  clientId?: string | null;
}

@InputType({
  description: "Weekly sessions at one local time of the coach's zone. The first start is `startsAt` or `localStart`.",
})
export class BookSeriesInput extends BookSessionInput {
  @Field(() => Int, { description: "How many weeks: 2 to 52." })
  weeks!: number;
}

@InputType({ description: "Another time for a session. The start is `startsAt` or `localStart`." })
export class RescheduleSessionInput {
  @Field(() => ID, { description: "The session." })
  id!: string;

  @Field(() => DateTime, { nullable: true, description: "The new start, as an instant." })
  startsAt?: Date | null;

  @Field(() => LocalStartInput, { nullable: true, description: "The new start, on a clock." })
  localStart?: LocalStartInput | null;

  @Field(() => ID, { nullable: true, description: "Another coach. Default: the same." })
  coachId?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Whether the later sessions of its series move by as much on the clocks of the coach's zone: all of them, or none.",
  })
  includesFollowing!: boolean;

  @Field(() => Int, { nullable: true, description: "The version that the caller has seen. Default: no check." })
  expectedVersion?: number | null;
}

export const CancellationCredits = { RETURN: "RETURN", KEEP: "KEEP" } as const;
export type CancellationCredits = keyof typeof CancellationCredits;
registerEnumType(CancellationCredits, {
  name: "CancellationCredits",
  description: "What the team lets become of credits when it cancels after the deadline.",
  valuesConfig: {
    RETURN: { description: "They go back into their lots." },
    KEEP: { description: "They are used up." },
  },
});

@InputType({ description: "A session, or a learner's place in it, to cancel." })
export class CancelSessionInput {
  @Field(() => ID, { description: "The session." })
  id!: string;

  @Field(() => ID, {
    nullable: true,
    description: "Only this learner's place. Default: all places; for clients and learners, all of their own.",
  })
  learnerId?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether the later sessions of its series are cancelled, too: all of them, or none.",
  })
  includesFollowing!: boolean;

  @Field(() => String, { nullable: true, description: "Why, for those who are told: at most 500 characters." })
  reason?: string | null;

  @Field(() => CancellationCredits, {
    nullable: true,
    description:
      "For the team only, after the deadline. Default: RETURN. Of others it is refused: for them the booking's rules say it.",
  })
  credits?: CancellationCredits | null;

  @Field(() => Int, { nullable: true, description: "The version that the caller has seen. Default: no check." })
  expectedVersion?: number | null;
}

@InputType({ description: "A session to confirm." })
export class ConfirmSessionInput {
  @Field(() => ID, { description: "The session." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "The version that the caller has seen. Default: no check." })
  expectedVersion?: number | null;
}

@InputType({ description: "How far a learner is in a subject." })
export class ProgressMarkInput {
  @Field(() => ID, { description: "The learner." })
  learnerId!: string;

  @Field(() => String, { description: "The subject: 1 to 100 characters." })
  subject!: string;

  @Field(() => Int, { description: "From 0 to 100." })
  mark!: number;

  @Field(() => String, { nullable: true, description: "What to say to it: at most 2,000 characters." })
  comment?: string | null;
}

@InputType({ description: "A session that took place, and the report." })
export class CompleteSessionInput {
  @Field(() => ID, { description: "The session." })
  id!: string;

  @Field(() => String, { description: "What happened: 1 to 10,000 characters." })
  summary!: string;

  @Field(() => [String], { defaultValue: [], description: "What it was about: at most 50 of 1 to 200 characters." })
  topics!: string[];

  @Field(() => String, { nullable: true, description: "What to do until the next one: at most 10,000 characters." })
  homework?: string | null;

  @Field(() => [ProgressMarkInput], { defaultValue: [], description: "Progress of those who were there: at most 100." })
  marks!: ProgressMarkInput[];

  @Field(() => [ID], { defaultValue: [], description: "Learners who didn't come. Their credits are used up, too." })
  absentIds!: string[];

  @Field(() => Int, { nullable: true, description: "The version that the caller has seen. Default: no check." })
  expectedVersion?: number | null;
}

@InputType({ description: "A session to which nobody came, or not everybody." })
export class MarkNoShowInput {
  @Field(() => ID, { description: "The session." })
  id!: string;

  @Field(() => [ID], {
    nullable: true,
    description: "The learners who didn't come; the session goes on for the others. Default: nobody came.",
  })
  learnerIds?: string[] | null;

  @Field(() => Int, { nullable: true, description: "The version that the caller has seen. Default: no check." })
  expectedVersion?: number | null;
}
