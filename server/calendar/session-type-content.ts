import type { UserErrorData } from "../../schema/errors.ts";
import type { SessionKind, LateCancellation, SessionType } from "../../schema/session-type.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { normalizeName } from "../operations/names.ts";
import type { SessionTypeRow } from "./session-type-row.ts";

/** What the team says of a session type. Coaches and rooms are public ids. */
export interface SessionTypeText {
  readonly kind: SessionKind;
  readonly name: string;
  readonly description: string;
  readonly subjects: readonly string[];
  readonly durationMin: number;
  /** Null: as long as a session is. */
  readonly gridMin?: number | null;
  readonly bufferBeforeMin: number;
  readonly bufferAfterMin: number;
  readonly minimumNoticeMin: number;
  readonly bookingWindowDays: number;
  readonly seats: number;
  readonly creditCost: number;
  readonly isConfirmedAtBooking: boolean;
  readonly cancellationNoticeMin: number;
  readonly lateCancellation: LateCancellation;
  readonly coachIds: readonly string[];
  readonly roomIds: readonly string[];
}

export type ContentCode =
  | "NAME_INVALID"
  | "DESCRIPTION_INVALID"
  | "SUBJECTS_INVALID"
  | "DURATION_INVALID"
  | "BUFFER_INVALID"
  | "NOTICE_INVALID"
  | "WINDOW_INVALID"
  | "SEATS_INVALID"
  | "COST_INVALID"
  | "COACH_NOT_FOUND"
  | "ROOM_NOT_FOUND";

/** Checked; coaches and rooms are uuids that may not exist. */
export type SessionTypeContent = SessionTypeText & { readonly gridMin: number };

const ranges = [
  { field: "durationMin", from: 5, to: 1_440, code: "DURATION_INVALID", what: "minutes" },
  { field: "gridMin", from: 5, to: 1_440, code: "DURATION_INVALID", what: "minutes" },
  { field: "bufferBeforeMin", from: 0, to: 1_440, code: "BUFFER_INVALID", what: "minutes" },
  { field: "bufferAfterMin", from: 0, to: 1_440, code: "BUFFER_INVALID", what: "minutes" },
  { field: "minimumNoticeMin", from: 0, to: 525_600, code: "NOTICE_INVALID", what: "minutes" },
  { field: "cancellationNoticeMin", from: 0, to: 525_600, code: "NOTICE_INVALID", what: "minutes" },
  { field: "bookingWindowDays", from: 1, to: 730, code: "WINDOW_INVALID", what: "days" },
  { field: "seats", from: 1, to: 1_000, code: "SEATS_INVALID", what: "seats" },
  { field: "creditCost", from: 0, to: 1_000_000_000, code: "COST_INVALID", what: "credits" },
] as const;

const maxSubjects = 50;
const maxResources = 500;
const maxDescription = 2_000;

/** What was said as it is stored, or what is wrong with it. */
export function readSessionType(
  text: SessionTypeText,
): { readonly content: SessionTypeContent } | { readonly userErrors: UserErrorData<ContentCode>[] } {
  const userErrors: UserErrorData<ContentCode>[] = [];
  const refuse = (code: ContentCode, message: string, field: string) =>
    userErrors.push({ code, message, field: ["input", field] });
  const name = normalizeName(text.name);
  if (name === null)
    refuse("NAME_INVALID", "A name has 1 to 200 characters, none of them a control character.", "name");
  if (Array.from(text.description).length > maxDescription) {
    refuse("DESCRIPTION_INVALID", `A description has at most ${maxDescription} characters.`, "description");
  }
  const subjects = text.subjects.map(normalizeName);
  if (subjects.length > maxSubjects || subjects.includes(null)) {
    refuse("SUBJECTS_INVALID", `There are at most ${maxSubjects} subjects of 1 to 200 characters.`, "subjects");
  }
  const gridMin = text.gridMin ?? text.durationMin;
  for (const { field, from, to, code, what } of ranges) {
    // A grid that isn't said is the duration, whose refusal stands beside the duration's own name.
    const value = text[field];
    if (value == null) continue;
    if (value < from || value > to) refuse(code, `There are ${from} to ${to} ${what}.`, field);
  }
  if (text.kind !== "GROUP" && text.seats > 1) refuse("SEATS_INVALID", "Only a GROUP has several seats.", "seats");
  const coachIds = uuidsOf("Coach", text.coachIds);
  if (coachIds === null) refuse("COACH_NOT_FOUND", "One of the coaches doesn't exist.", "coachIds");
  const roomIds = uuidsOf("Room", text.roomIds);
  if (roomIds === null) refuse("ROOM_NOT_FOUND", "One of the rooms doesn't exist.", "roomIds");
  if (userErrors.length > 0 || name === null || coachIds === null || roomIds === null) return { userErrors };
  const known = [...new Set(subjects.filter((subject) => subject !== null))];
  return { content: { ...text, name, gridMin, subjects: known, coachIds, roomIds } };
}

function uuidsOf(type: "Coach" | "Room", ids: readonly string[]): string[] | null {
  const uuids = new Set(ids.map((id) => toUuid(type, id)));
  return uuids.has(null) || uuids.size > maxResources ? null : [...uuids].filter((uuid) => uuid !== null).toSorted();
}

/** What a row says, for an update to change a part of it. */
export function textOf(row: SessionTypeRow): SessionTypeContent {
  const { id: _id, createdAt: _created, updatedAt: _updated, archivedAt: _archived, version: _version, ...rest } = row;
  const { creditCost, coachIds, roomIds, openRoomIds: _open, ...text } = rest;
  return {
    ...text,
    creditCost: Number(creditCost),
    coachIds: coachIds.map((id) => toId("Coach", id)),
    roomIds: roomIds.map((id) => toId("Room", id)),
  };
}

export function toSessionType(row: SessionTypeRow): SessionType {
  const { kind, name, description, subjects, durationMin, gridMin, bufferBeforeMin, bufferAfterMin } = row;
  const { minimumNoticeMin, bookingWindowDays, seats, isConfirmedAtBooking, cancellationNoticeMin } = row;
  const { lateCancellation, createdAt, updatedAt, version } = row;
  const { creditCost, coachIds, roomIds } = textOf(row);
  return {
    __typename: "SessionType",
    id: toId("SessionType", row.id),
    version,
    kind,
    name,
    description,
    subjects,
    durationMin,
    gridMin,
    bufferBeforeMin,
    bufferAfterMin,
    minimumNoticeMin,
    bookingWindowDays,
    seats,
    creditCost,
    isConfirmedAtBooking,
    cancellationNoticeMin,
    lateCancellation,
    coachIds,
    roomIds,
    isArchived: row.archivedAt !== null,
    createdAt,
    updatedAt,
  };
}
