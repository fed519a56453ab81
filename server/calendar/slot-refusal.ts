import { bookingWindow } from "./booking-window.ts";
import type { BrokenRule } from "./judge-slot.ts";
import type { SessionTypeRow } from "./session-type-row.ts";

/** Why a slot can't be booked. */
export type SlotCode =
  | BrokenRule
  | "TYPE_NOT_FOUND"
  | "TYPE_ARCHIVED"
  | "COACH_NOT_FOUND"
  | "COACH_INACTIVE"
  | "COACH_NOT_OFFERING"
  | "ROOM_NOT_FOUND"
  | "START_INVALID"
  | "START_IN_GAP"
  | "START_AMBIGUOUS";

export interface SlotRefusal {
  readonly kind: "REFUSED";
  readonly code: SlotCode;
  /** What to do, for people. */
  readonly message: string;
  /** Of NOTICE_TOO_SHORT and TOO_FAR_AHEAD: when sessions can start at all, [earliest, latest). */
  readonly earliest: Date | null;
  readonly latest: Date | null;
  /** Of START_AMBIGUOUS: the two instants to choose from. */
  readonly instants: readonly Date[];
}

const messages: Readonly<Record<SlotCode, string>> = {
  TYPE_NOT_FOUND: "There is no such session type.",
  TYPE_ARCHIVED: "Sessions of this type aren't given any more. Choose another type.",
  COACH_NOT_FOUND: "There is no such coach.",
  COACH_INACTIVE: "This coach can't be booked any more. Choose another one, or none to get anybody who is free.",
  COACH_NOT_OFFERING: "This coach doesn't give sessions of this type. Choose another coach or another type.",
  ROOM_NOT_FOUND: "The session type doesn't take place in this room. Choose another room, or none to get a free one.",
  START_INVALID: "The start is no local time like 2027-03-28T14:00 in a zone of the IANA database.",
  START_IN_GAP: "The clocks are put forward over this time, so it doesn't exist. Choose another time.",
  START_AMBIGUOUS: "The clocks are put back over this time, so it exists twice. Say which one by its instant.",
  IN_THE_PAST: "The start is in the past. Choose a later one.",
  NOTICE_TOO_SHORT: "This is at too short notice. Choose a start that isn't before `earliest`.",
  TOO_FAR_AHEAD: "This is too far ahead. Choose a start before `latest`, or book it later.",
  OFF_GRID: "Sessions don't start at this minute. Choose one of the starts that availableSlots gives.",
  OUTSIDE_HOURS: "The coach isn't there for all of this time. Choose one of the alternatives.",
  SLOT_TAKEN: "Somebody else has this time. Choose one of the alternatives.",
  INSIDE_BUFFER: "This is too close to another session. Choose one of the alternatives.",
  DAY_LIMIT: "The coach gives no more sessions that day. Choose another day.",
  WEEK_LIMIT: "The coach gives no more sessions that week. Choose another week.",
  NO_ROOM: "No room is free then. Choose one of the alternatives.",
};

export function refuseSlot(
  code: SlotCode,
  details: Partial<Pick<SlotRefusal, "earliest" | "latest" | "instants">> = {},
): SlotRefusal {
  return { kind: "REFUSED", code, message: messages[code], earliest: null, latest: null, instants: [], ...details };
}

export function refuseByRule(rule: BrokenRule, type: SessionTypeRow, now: Date): SlotRefusal {
  if (rule !== "NOTICE_TOO_SHORT" && rule !== "TOO_FAR_AHEAD") return refuseSlot(rule);
  const { from, to } = bookingWindow(type, now);
  return refuseSlot(rule, { earliest: new Date(from), latest: new Date(to) });
}

// The nearer to being possible, the earlier: what to tell who would have taken anybody.
const order: readonly BrokenRule[] = [
  "IN_THE_PAST",
  "NOTICE_TOO_SHORT",
  "TOO_FAR_AHEAD",
  "SLOT_TAKEN",
  "INSIDE_BUFFER",
  "NO_ROOM",
  "DAY_LIMIT",
  "WEEK_LIMIT",
  "OFF_GRID",
  "OUTSIDE_HOURS",
];

/** The reason among those of several coaches that says most. */
export function mostTelling(rules: readonly BrokenRule[]): BrokenRule {
  return order.find((rule) => rules.includes(rule)) ?? "OUTSIDE_HOURS";
}
