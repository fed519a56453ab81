import type { SlotAlternative, SlotPayload } from "../../schema/session-payloads.ts";
import type { SlotRefusal } from "../calendar/slot-refusal.ts";
import type { Alternative, SlotRules } from "../calendar/slot-rules.ts";
import type { Database } from "../db/database.ts";
import { toId } from "../operations/ids.ts";

/** Reasons for which another time helps. */
const timely: ReadonlySet<string> = new Set([
  "COACH_INACTIVE",
  "NOTICE_TOO_SHORT",
  "OFF_GRID",
  "OUTSIDE_HOURS",
  "SLOT_TAKEN",
  "INSIDE_BUFFER",
  "DAY_LIMIT",
  "WEEK_LIMIT",
  "NO_ROOM",
  "LEARNER_BUSY",
  "SESSION_FULL",
]);

/** What is free instead of a refused slot, as it is after the transaction that failed. */
export async function tellAlternatives(
  { database, rules, tenantId, now }: { database: Database; rules: SlotRules; tenantId: string; now: Date },
  refused: {
    code: string | null;
    after: Date | null;
    sessionTypeId: string | null;
    coachId: string | null;
    learnerIds: readonly string[];
  },
): Promise<Alternative[]> {
  const { code, sessionTypeId, coachId, learnerIds } = refused;
  if (code === null || sessionTypeId === null || !timely.has(code)) return [];
  const after = refused.after ?? now;
  return database.read(tenantId, (session) =>
    rules.alternatives(session, { sessionTypeId, coachId, learnerIds, after, now }),
  );
}

/** The fields of a payload that tell about slots. */
export type SlotDetails = Omit<SlotPayload, "cursor">;

export function slotDetails(slot: SlotRefusal | null, alternatives: readonly Alternative[]): SlotDetails {
  return {
    alternatives: alternatives.map(toAlternative),
    earliest: slot?.earliest ?? null,
    latest: slot?.latest ?? null,
    instants: slot?.instants ?? [],
  };
}

function toAlternative({ coachId, startsAt, endsAt }: Alternative): SlotAlternative {
  return { __typename: "SlotAlternative", coachId: toId("Coach", coachId), startsAt, endsAt };
}
