import type { BookSessionInput } from "../../schema/session-inputs.ts";
import { refuseSlot, type SlotRefusal } from "../calendar/slot-refusal.ts";
import type { SlotRequest } from "../calendar/slot-rules.ts";

type GivenStart = Pick<BookSessionInput, "startsAt" | "localStart">;

/** The one start that an input gives. */
export function readStart({ startsAt, localStart }: GivenStart): SlotRequest["start"] | SlotRefusal {
  if (startsAt != null && localStart == null) return startsAt;
  if (localStart != null && startsAt == null) return { local: localStart.local, timeZone: localStart.timeZone };
  return refuseSlot("START_INVALID");
}

export function isRefused(start: SlotRequest["start"] | SlotRefusal): start is SlotRefusal {
  return "kind" in start;
}
