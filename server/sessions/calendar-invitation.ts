import { createEvents, type EventAttributes } from "ics";
import { toId } from "../operations/ids.ts";
import type { SessionRow } from "./session-row.ts";

export interface Person {
  readonly name: string;
  readonly email: string;
}

type Told = Pick<
  SessionRow,
  "id" | "sequence" | "startsAt" | "endsAt" | "title" | "status" | "roomName" | "bookedAt" | "updatedAt"
>;

interface Invitation {
  readonly method: "REQUEST" | "CANCEL";
  readonly organizer: Person;
  readonly attendee: Person;
  /** The page where it can be joined. */
  readonly url: string | null;
}

const productId = "nexora";

/** An invitation as calendars read it (RFC 5546): the same UID for all of a session's life, SEQUENCE rises with each move. */
export function invitation(row: Told, { method, organizer, attendee, url }: Invitation): string {
  const event: EventAttributes = {
    ...eventOf(row),
    ...(url === null ? {} : { url }),
    ...(method === "CANCEL" ? { status: "CANCELLED" } : {}),
    organizer: { name: organizer.name, email: organizer.email },
    attendees: [
      { name: attendee.name, email: attendee.email, rsvp: false, partstat: "ACCEPTED", role: "REQ-PARTICIPANT" },
    ],
  };
  return write([event], { productId, method });
}

/** A calendar that is read again and again. */
export function calendar(rows: readonly Told[], name: string): string {
  return write(rows.map(eventOf), { productId, method: "PUBLISH", calName: name });
}

function eventOf(row: Told): EventAttributes {
  return {
    uid: `${toId("Session", row.id)}@nexora`,
    sequence: row.sequence,
    start: row.startsAt.getTime(),
    end: row.endsAt.getTime(),
    startInputType: "utc",
    startOutputType: "utc",
    endInputType: "utc",
    endOutputType: "utc",
    title: row.title,
    status: statusOf(row.status),
    created: row.bookedAt.getTime(),
    lastModified: row.updatedAt.getTime(),
    ...(row.roomName === null ? {} : { location: row.roomName }),
  };
}

function statusOf(status: Told["status"]): "TENTATIVE" | "CONFIRMED" | "CANCELLED" {
  if (status === "PENDING") return "TENTATIVE";
  return status === "CANCELLED" ? "CANCELLED" : "CONFIRMED";
}

function write(events: EventAttributes[], header: { productId: string; method: string; calName?: string }): string {
  const { error, value } = createEvents(events, header);
  if (value === null) throw error ?? new Error("the calendar wasn't written");
  return value;
}
