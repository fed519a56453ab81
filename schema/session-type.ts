import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { ConnectionArgs, defineConnection } from "./connection.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

export const SessionKind = { ONLINE: "ONLINE", ON_SITE: "ON_SITE", GROUP: "GROUP" } as const;
export type SessionKind = keyof typeof SessionKind;
registerEnumType(SessionKind, {
  name: "SessionKind",
  description: "How a session takes place.",
  valuesConfig: {
    ONLINE: { description: "One learner, by video." },
    ON_SITE: { description: "One learner, in a room." },
    GROUP: { description: "A workshop: as many learners as it has seats; in a room if it names rooms." },
  },
});

export const LateCancellation = { REFUSED: "REFUSED", UNPAID: "UNPAID" } as const;
export type LateCancellation = keyof typeof LateCancellation;
registerEnumType(LateCancellation, {
  name: "LateCancellation",
  description: "What becomes of a cancellation after the deadline.",
  valuesConfig: {
    REFUSED: { description: "It is refused." },
    UNPAID: { description: "The session is cancelled and its credits stay spent." },
  },
});

@ObjectType({
  implements: Node,
  description: "What can be booked: how long it takes, what it costs, who gives it, and the rules of when.",
  simpleResolvers: true,
})
export class SessionType extends Node {
  readonly __typename = "SessionType";

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;

  @Field(() => SessionKind, { description: "How it takes place." })
  kind!: SessionKind;

  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => String, { description: "What it is, for who books it." })
  description!: string;

  @Field(() => [String], { description: "Subjects; who gives it teaches one of them. None: every coach may give it." })
  subjects!: readonly string[];

  @Field(() => Int, { description: "How many minutes it takes." })
  durationMin!: number;

  @Field(() => Int, { description: "It starts at multiples of so many minutes after midnight on the coach's clock." })
  gridMin!: number;

  @Field(() => Int, { description: "Minutes before it in which the coach has nothing else." })
  bufferBeforeMin!: number;

  @Field(() => Int, { description: "Minutes after it in which the coach has nothing else." })
  bufferAfterMin!: number;

  @Field(() => Int, { description: "How many minutes ahead it has to be booked at least." })
  minimumNoticeMin!: number;

  @Field(() => Int, { description: "How many days ahead it can be booked at most." })
  bookingWindowDays!: number;

  @Field(() => Int, { description: "How many learners can take part." })
  seats!: number;

  @Field(() => Int, { description: "What it costs each learner, in credits." })
  creditCost!: number;

  @Field(() => Boolean, { description: "Whether a booking is confirmed at once; else somebody has to confirm it." })
  isConfirmedAtBooking!: boolean;

  @Field(() => Int, { description: "Until how many minutes before it a cancellation gives the credits back." })
  cancellationNoticeMin!: number;

  @Field(() => LateCancellation, { description: "What becomes of a later cancellation." })
  lateCancellation!: LateCancellation;

  @Field(() => [ID], { description: "Coaches who give it; none: all who teach its subjects its way." })
  coachIds!: readonly string[];

  @Field(() => [ID], { description: "Rooms where it may be; none: it needs none." })
  roomIds!: readonly string[];

  @Field(() => Boolean, { description: "Whether it can't be booked any more." })
  isArchived!: boolean;

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => DateTime, { description: "The last change." })
  updatedAt!: Date;
}

export const SessionTypeConnection = defineConnection("SessionType", () => SessionType).Connection;

@ArgsType()
export class SessionTypesArgs extends ConnectionArgs {
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether those that can't be booked any more are listed, too.",
  })
  includeArchived!: boolean;
}

@ObjectType({ implements: Node, description: "Where sessions take place, one at a time.", simpleResolvers: true })
export class Room extends Node {
  readonly __typename = "Room";

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;

  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => Boolean, { description: "Whether it isn't used any more." })
  isArchived!: boolean;

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: Date;
}

export const RoomConnection = defineConnection("Room", () => Room).Connection;
