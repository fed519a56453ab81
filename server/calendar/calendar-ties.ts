import type { Transaction } from "../journal/journal.service.ts";
import type { ErasedPerson, PersonTies } from "../people/person-ties.port.ts";

/** What the calendar knows of coaches: when they work, and why they don't. */
export const calendarTies: PersonTies = {
  hindrance: () => Promise.resolve(null),
  async erase(transaction: Transaction, { kind, id }: ErasedPerson) {
    if (kind !== "Coach") return [];
    for (const table of ["availability_rule", "availability_override", "availability"]) {
      await transaction.query({
        name: `erase-${table}`,
        text: `DELETE FROM ${table} WHERE tenant_id = nexora_tenant() AND coach_id = $1`,
        values: [id],
      });
    }
    await transaction.query({
      name: "erase-time-off-reasons",
      text: "UPDATE time_off SET reason = '' WHERE tenant_id = nexora_tenant() AND resource_id = $1",
      values: [id],
    });
    return [];
  },
};
