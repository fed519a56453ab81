import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

export const WaitingStatus = {
  WAITING: "WAITING",
  OFFERED: "OFFERED",
  BOOKED: "BOOKED",
  LEFT: "LEFT",
  EXPIRED: "EXPIRED",
} as const;
export type WaitingStatus = keyof typeof WaitingStatus;
registerEnumType(WaitingStatus, {
  name: "WaitingStatus",
  description: "How far somebody on a waiting list is.",
  valuesConfig: {
    WAITING: { description: "No place has become free yet, or others were first." },
    OFFERED: { description: "A place is kept for the learner until `offeredUntil`: bookSession takes it." },
    BOOKED: { description: "The place was taken." },
    LEFT: { description: "The learner waits no more." },
    EXPIRED: { description: "The offer, or the time to book, has ended." },
  },
});

@ObjectType({ implements: Node, description: "Somebody who waits for a slot that others have.", simpleResolvers: true })
export class WaitingListEntry extends Node {
  readonly __typename = "WaitingListEntry";

  @Field(() => WaitingStatus, { description: "How far it is." })
  status!: WaitingStatus;

  @Field(() => ID, { description: "Who waits." })
  learnerId!: string;

  @Field(() => ID, { description: "What for." })
  sessionTypeId!: string;

  @Field(() => ID, { description: "With whom." })
  coachId!: string;

  @Field(() => DateTime, { description: "When it would begin." })
  startsAt!: Date;

  @Field(() => DateTime, { description: "Since when: who came first is offered first." })
  joinedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "Until when the place is kept; null when none is offered." })
  offeredUntil!: Date | null;
}

export const WaitingListEntryConnection = defineConnection("WaitingListEntry", () => WaitingListEntry).Connection;

@InputType({ description: "A slot that others have, to wait for." })
export class JoinWaitingListInput {
  @Field(() => ID, { description: "Who waits." })
  learnerId!: string;

  @Field(() => ID, { description: "What for." })
  sessionTypeId!: string;

  @Field(() => ID, { description: "With whom." })
  coachId!: string;

  @Field(() => DateTime, { description: "When it would begin." })
  startsAt!: Date;
}

@InputType({ description: "Somebody who waits no more." })
export class LeaveWaitingListInput {
  @Field(() => ID, { description: "The entry's id." })
  id!: string;
}

export const JoinWaitingListUserError = defineUserError("JoinWaitingList", {
  LEARNER_NOT_FOUND: "Returned when there is no learner with this id for whom the caller may book.",
  NO_PAYER: "Returned when nobody pays for the learner.",
  TYPE_NOT_FOUND: "Returned when there is no session type with this id, or it isn't given any more.",
  COACH_NOT_FOUND: "Returned when there is no coach with this id who gives such sessions.",
  SLOT_FREE: "Returned when the slot is free: book it.",
  NOT_A_SLOT: "Returned when sessions don't begin then, or no more, whoever has the time.",
  ALREADY_WAITING: "Returned when the learner waits for this slot, or has a place in it.",
});

@ObjectType({ description: "The outcome of joinWaitingList.", simpleResolvers: true })
export class JoinWaitingListPayload extends MutationPayload {
  @Field(() => WaitingListEntry, { nullable: true, description: "The entry." })
  entry!: WaitingListEntry | null;

  @Field(() => [JoinWaitingListUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof JoinWaitingListUserError.type>[];
}

export const LeaveWaitingListUserError = defineUserError("LeaveWaitingList", {
  NOT_FOUND: "Returned when there is no such entry that the caller may end.",
});

@ObjectType({ description: "The outcome of leaveWaitingList.", simpleResolvers: true })
export class LeaveWaitingListPayload extends MutationPayload {
  @Field(() => WaitingListEntry, { nullable: true, description: "The entry as it is now." })
  entry!: WaitingListEntry | null;

  @Field(() => [LeaveWaitingListUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof LeaveWaitingListUserError.type>[];
}
