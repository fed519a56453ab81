import { Field, ID, InputType, Int } from "type-graphql";
import { LateCancellation, SessionKind } from "./session-type.ts";

@InputType({ description: "A new session type." })
export class CreateSessionTypeInput {
  @Field(() => SessionKind, { description: "How it takes place." })
  kind!: SessionKind;

  @Field(() => String, { description: "Its name: 1 to 200 characters." })
  name!: string;

  @Field(() => String, { defaultValue: "", description: "What it is, for who books it. At most 2,000 characters." })
  description!: string;

  @Field(() => [String], { defaultValue: [], description: "Subjects, at most 50. None: every coach may give it." })
  subjects!: string[];

  @Field(() => Int, { description: "How many minutes it takes: 5 to 1,440." })
  durationMin!: number;

  @Field(() => Int, {
    nullable: true,
    description: "It starts at multiples of so many minutes after midnight: 5 to 1,440. Default: its duration.",
  })
  gridMin?: number | null;

  @Field(() => Int, {
    defaultValue: 0,
    description: "Minutes before it in which the coach has nothing else: 0 to 1,440.",
  })
  bufferBeforeMin!: number;

  @Field(() => Int, {
    defaultValue: 0,
    description: "Minutes after it in which the coach has nothing else: 0 to 1,440.",
  })
  bufferAfterMin!: number;

  @Field(() => Int, { defaultValue: 0, description: "How many minutes ahead it has to be booked: 0 to 525,600." })
  minimumNoticeMin!: number;

  @Field(() => Int, { defaultValue: 60, description: "How many days ahead it can be booked: 1 to 730." })
  bookingWindowDays!: number;

  @Field(() => Int, {
    defaultValue: 1,
    description: "How many learners can take part: 1 to 1,000; more than 1 in a GROUP only.",
  })
  seats!: number;

  @Field(() => Int, { description: "What it costs each learner, in credits: 0 to 1,000,000,000." })
  creditCost!: number;

  @Field(() => Boolean, { defaultValue: true, description: "Whether a booking is confirmed at once." })
  isConfirmedAtBooking!: boolean;

  @Field(() => Int, {
    defaultValue: 1_440,
    description: "Until how many minutes before it a cancellation gives the credits back: 0 to 525,600.",
  })
  cancellationNoticeMin!: number;

  @Field(() => LateCancellation, {
    defaultValue: LateCancellation.REFUSED,
    description: "What becomes of a later cancellation.",
  })
  lateCancellation!: LateCancellation;

  @Field(() => [ID], {
    defaultValue: [],
    description: "Coaches who give it, at most 500. Default: all who teach its subjects its way.",
  })
  coachIds!: string[];

  @Field(() => [ID], { defaultValue: [], description: "Rooms where it may be, at most 500. Default: it needs none." })
  roomIds!: string[];
}

@InputType({ description: "Changes of a session type; what is left out stays. What is booked stays as it was booked." })
export class UpdateSessionTypeInput {
  @Field(() => ID, { description: "The session type's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Refuse with CONFLICT if it has another version." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "Its name." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "What it is." })
  description?: string | null;

  @Field(() => [String], { nullable: true, description: "Subjects." })
  subjects?: string[] | null;

  @Field(() => Int, { nullable: true, description: "How many minutes it takes." })
  durationMin?: number | null;

  @Field(() => Int, { nullable: true, description: "At multiples of how many minutes after midnight it starts." })
  gridMin?: number | null;

  @Field(() => Int, { nullable: true, description: "Minutes before it in which the coach has nothing else." })
  bufferBeforeMin?: number | null;

  @Field(() => Int, { nullable: true, description: "Minutes after it in which the coach has nothing else." })
  bufferAfterMin?: number | null;

  @Field(() => Int, { nullable: true, description: "How many minutes ahead it has to be booked." })
  minimumNoticeMin?: number | null;

  @Field(() => Int, { nullable: true, description: "How many days ahead it can be booked." })
  bookingWindowDays?: number | null;

  @Field(() => Int, { nullable: true, description: "How many learners can take part." })
  seats?: number | null;

  @Field(() => Int, { nullable: true, description: "What it costs each learner, in credits." })
  creditCost?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Whether a booking is confirmed at once." })
  isConfirmedAtBooking?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: "Until how many minutes before it a cancellation gives the credits back.",
  })
  cancellationNoticeMin?: number | null;

  @Field(() => LateCancellation, { nullable: true, description: "What becomes of a later cancellation." })
  lateCancellation?: LateCancellation | null;

  @Field(() => [ID], { nullable: true, description: "Coaches who give it." })
  coachIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "Rooms where it may be." })
  roomIds?: string[] | null;
}

@InputType({ description: "A session type that isn't given any more." })
export class ArchiveSessionTypeInput {
  @Field(() => ID, { description: "The session type's id." })
  id!: string;
}

@InputType({ description: "A new room." })
export class CreateRoomInput {
  @Field(() => String, { description: "Its name: 1 to 200 characters." })
  name!: string;
}

@InputType({ description: "A room that gets another name." })
export class RenameRoomInput {
  @Field(() => ID, { description: "The room's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Refuse with CONFLICT if it has another version." })
  expectedVersion?: number | null;

  @Field(() => String, { description: "Its new name: 1 to 200 characters." })
  name!: string;
}

@InputType({ description: "A room that isn't used any more." })
export class ArchiveRoomInput {
  @Field(() => ID, { description: "The room's id." })
  id!: string;
}
