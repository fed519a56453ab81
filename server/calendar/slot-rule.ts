import type { SlotRule } from "./free-slots.ts";
import type { SessionTypeRow } from "./session-type-row.ts";

/** What of a type decides when its sessions can begin. */
export function slotRuleOf(type: SessionTypeRow): SlotRule {
  return { ...type, needsRoom: type.roomIds.length > 0 };
}
