import type { ReverseSessionPayload } from "../../schema/session-reversal.ts";
import { toUuid } from "../operations/ids.ts";
import type { BookingRow, SessionRow } from "./session-row.ts";

export type Reversal =
  | { readonly kind: "REVERSE"; readonly bookings: readonly BookingRow[] }
  /** Nothing of it is left to be reversed. */
  | { readonly kind: "DONE" }
  | { readonly kind: "REFUSED"; readonly error: ReverseSessionPayload["userErrors"][number] };

/** Which places of a session are reversed; null: all of which something was said. */
export function readReversal(row: Pick<SessionRow, "bookings">, learnerIds: readonly string[] | null): Reversal {
  const asked = learnerIds === null ? null : new Set(learnerIds.map((id) => toUuid("Learner", id) ?? ""));
  const known = new Set(row.bookings.map(({ learnerId }) => learnerId));
  if (asked !== null && (asked.size === 0 || [...asked].some((id) => !known.has(id)))) {
    const message = "Name learners who had a place in the session.";
    return { kind: "REFUSED", error: { code: "LEARNER_NOT_FOUND", message, field: ["input", "learnerIds"] } };
  }
  const meant = row.bookings.filter(({ learnerId }) => asked === null || asked.has(learnerId));
  const bookings = meant.filter(isReversible);
  if (bookings.length > 0) return { kind: "REVERSE", bookings };
  if (!meant.some(({ status }) => status === "BOOKED")) return { kind: "DONE" };
  const message = "Nothing was said of it yet. Cancel the session to take its places back.";
  return { kind: "REFUSED", error: { code: "NOT_OVER", message, field: ["input", "id"] } };
}

/** Also a cancellation that was too late to cost nothing. */
function isReversible({ status, payment }: BookingRow): boolean {
  return status !== "BOOKED" && (status !== "CANCELLED" || payment === "SPENT");
}
