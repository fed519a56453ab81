import { Field, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { Room, SessionType } from "./session-type.ts";

const typeNotFound = "Returned when there is no session type with this id.";
const roomNotFound = "Returned when there is no room with this id.";
const nameInvalid = "Returned when the name is empty, has more than 200 characters or control characters.";

const invalid = {
  NAME_INVALID: nameInvalid,
  DESCRIPTION_INVALID: "Returned when the description has more than 2,000 characters.",
  SUBJECTS_INVALID: "Returned when there are more than 50 subjects, or one is empty or has more than 200 characters.",
  DURATION_INVALID: "Returned when the duration or the grid isn't 5 to 1,440 minutes.",
  BUFFER_INVALID: "Returned when a buffer isn't 0 to 1,440 minutes.",
  NOTICE_INVALID: "Returned when the minimum notice or the cancellation notice isn't 0 to 525,600 minutes.",
  WINDOW_INVALID: "Returned when the booking window isn't 1 to 730 days.",
  SEATS_INVALID: "Returned when there aren't 1 to 1,000 seats, or more than one in a type that isn't a GROUP.",
  COST_INVALID: "Returned when the cost isn't 0 to 1,000,000,000 credits.",
  COACH_NOT_FOUND: "Returned when one of the coaches doesn't exist, or there are more than 500.",
  ROOM_NOT_FOUND: "Returned when one of the rooms doesn't exist, or there are more than 500.",
} as const;

export const CreateSessionTypeUserError = defineUserError("CreateSessionType", invalid);

@ObjectType({ description: "The outcome of createSessionType.", simpleResolvers: true })
export class CreateSessionTypePayload extends MutationPayload {
  @Field(() => SessionType, { nullable: true, description: "The session type." })
  sessionType!: SessionType | null;

  @Field(() => [CreateSessionTypeUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CreateSessionTypeUserError.type>[];
}

export const UpdateSessionTypeUserError = defineUserError("UpdateSessionType", {
  NOT_FOUND: typeNotFound,
  CONFLICT: "Returned when it has another version; `sessionType` is what it is now.",
  ...invalid,
});

@ObjectType({ description: "The outcome of updateSessionType.", simpleResolvers: true })
export class UpdateSessionTypePayload extends MutationPayload {
  @Field(() => SessionType, { nullable: true, description: "The session type as it is now." })
  sessionType!: SessionType | null;

  @Field(() => [UpdateSessionTypeUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdateSessionTypeUserError.type>[];
}

export const ArchiveSessionTypeUserError = defineUserError("ArchiveSessionType", { NOT_FOUND: typeNotFound });

@ObjectType({ description: "The outcome of archiveSessionType.", simpleResolvers: true })
export class ArchiveSessionTypePayload extends MutationPayload {
  @Field(() => SessionType, { nullable: true, description: "The session type as it is now." })
  sessionType!: SessionType | null;

  @Field(() => [ArchiveSessionTypeUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ArchiveSessionTypeUserError.type>[];
}

export const CreateRoomUserError = defineUserError("CreateRoom", { NAME_INVALID: nameInvalid });

@ObjectType({ description: "The outcome of createRoom.", simpleResolvers: true })
export class CreateRoomPayload extends MutationPayload {
  @Field(() => Room, { nullable: true, description: "The room." })
  room!: Room | null;

  @Field(() => [CreateRoomUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CreateRoomUserError.type>[];
}

export const RenameRoomUserError = defineUserError("RenameRoom", {
  NOT_FOUND: roomNotFound,
  CONFLICT: "Returned when it has another version; `room` is what it is now.",
  NAME_INVALID: nameInvalid,
});

@ObjectType({ description: "The outcome of renameRoom.", simpleResolvers: true })
export class RenameRoomPayload extends MutationPayload {
  @Field(() => Room, { nullable: true, description: "The room as it is now." })
  room!: Room | null;

  @Field(() => [RenameRoomUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof RenameRoomUserError.type>[];
}

export const ArchiveRoomUserError = defineUserError("ArchiveRoom", { NOT_FOUND: roomNotFound });

@ObjectType({ description: "The outcome of archiveRoom.", simpleResolvers: true })
export class ArchiveRoomPayload extends MutationPayload {
  @Field(() => Room, { nullable: true, description: "The room as it is now." })
  room!: Room | null;

  @Field(() => [ArchiveRoomUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ArchiveRoomUserError.type>[];
}
