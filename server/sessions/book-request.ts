import type { BookSessionInput } from "../../schema/session-inputs.ts";
import { readLocalStart } from "../calendar/local-start.ts";
import { refuseSlot, type SlotRefusal } from "../calendar/slot-refusal.ts";
import type { SlotRequest } from "../calendar/slot-rules.ts";

type GivenStart = Pick<BookSessionInput, "startsAt" | "localStart">;

/** A start that is none, and the part of the input that makes it so. */
export interface StartRefusal {
  readonly slot: SlotRefusal;
  readonly field: readonly string[];
}

/** The one start that an input gives. */
export function readStart({ startsAt, localStart }: GivenStart): SlotRequest["start"] | StartRefusal {
  if (startsAt != null && localStart == null) return startsAt;
  if (localStart == null || startsAt != null) {
    const slot = { ...refuseSlot("START_INVALID"), message: "Give exactly one of startsAt and localStart." };
    return { slot, field: ["input", "startsAt"] };
  }
  const { local, timeZone } = localStart;
  const read = readLocalStart(local, timeZone);
  const field = ["input", "localStart", "local"];
  switch (read.kind) {
    case "INSTANT":
      return { local, timeZone };
    case "GAP":
      return { slot: refuseSlot("START_IN_GAP"), field };
    case "FOLD":
      return { slot: refuseSlot("START_AMBIGUOUS", { instants: read.instants }), field };
    case "MALFORMED":
      return {
        slot: refuseSlot("START_INVALID"),
        field: isZone(timeZone) ? field : ["input", "localStart", "timeZone"],
      };
  }
}

export function isRefused(start: SlotRequest["start"] | StartRefusal): start is StartRefusal {
  return "slot" in start;
}

function isZone(timeZone: string): boolean {
  return readLocalStart("2000-01-01T12:00", timeZone).kind !== "MALFORMED";
}
