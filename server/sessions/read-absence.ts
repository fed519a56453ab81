import type { MarkNoShowPayload } from "../../schema/session-payloads.ts";
import { toUuid } from "../operations/ids.ts";
import { type BookingRow, openBookings, type SessionRow } from "./session-row.ts";

export type Absence =
  | {
      readonly kind: "ABSENT";
      readonly absent: readonly BookingRow[];
      /** Of the session: who is left keeps it going. */
      readonly status: "NO_SHOW" | "CONFIRMED";
    }
  /** All of them are marked already. */
  | { readonly kind: "KNOWN" }
  | { readonly kind: "REFUSED"; readonly error: MarkNoShowPayload["userErrors"][number] };

/** Who didn't come to a session; null: nobody who is left came. */
export function readAbsence(row: SessionRow, learnerIds: readonly string[] | null): Absence {
  const open = openBookings(row);
  if (learnerIds === null) return { kind: "ABSENT", absent: open, status: "NO_SHOW" };
  const asked = new Set(learnerIds.map((id) => toUuid("Learner", id) ?? ""));
  const known = new Set([...open, ...missedBookings(row)].map(({ learnerId }) => learnerId));
  if (asked.size === 0 || [...asked].some((id) => !known.has(id))) {
    const message = "Name learners who have a place in the session.";
    return { kind: "REFUSED", error: { code: "LEARNER_NOT_FOUND", message, field: ["input", "learnerIds"] } };
  }
  const absent = open.filter(({ learnerId }) => asked.has(learnerId));
  if (absent.length === 0) return { kind: "KNOWN" };
  return { kind: "ABSENT", absent, status: absent.length === open.length ? "NO_SHOW" : "CONFIRMED" };
}

/** Those whose learners are known not to have come. */
export function missedBookings(row: SessionRow): readonly BookingRow[] {
  return row.bookings.filter(({ status }) => status === "NO_SHOW");
}
