import type { Database } from "../db/database.ts";
import { authorizedScope } from "../operations/context.ts";
import { toId } from "../operations/ids.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { readNotes } from "./lead-notes.ts";
import { readLeads } from "./lead-edit.ts";

/** How `node` and `nodes` find leads and notes. */
export function leadNodeSources(database: Database): NodeSource[] {
  return [
    {
      type: "Lead",
      action: "lead:read",
      async byIds(context, uuids) {
        const { tenantId } = authorizedScope(context, "lead:read");
        const leads = await database.read(tenantId, (session) => readLeads(session, uuids));
        return new Map(leads.map((lead) => [lead.uuid, lead]));
      },
    },
    {
      type: "LeadNote",
      action: "lead:read",
      async byIds(context, uuids) {
        const { tenantId } = authorizedScope(context, "lead:read");
        const notes = await database.read(tenantId, (session) => readNotes(session, uuids));
        const uuidById = new Map(uuids.map((uuid) => [toId("LeadNote", uuid), uuid]));
        return new Map(
          notes.flatMap((note) => {
            const uuid = uuidById.get(note.id);
            return uuid === undefined ? [] : [[uuid, note] as const];
          }),
        );
      },
    },
  ];
}
