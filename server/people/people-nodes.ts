import type { Database } from "../db/database.ts";
import { authorizedScope } from "../operations/context.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { toClient } from "./client-row.ts";
import { readNotes, toNote } from "./coach-notes.ts";
import { toCoach } from "./coach-row.ts";
import { readProgress } from "./learner-progress.ts";
import { toLearner } from "./learner-row.ts";
import { peopleView } from "./people.access.ts";
import { readClients, readCoaches, readLearners } from "./people.queries.ts";

/** How `node` and `nodes` find people and what belongs to them. */
export function peopleNodeSources(database: Database): NodeSource[] {
  return [
    {
      type: "Client",
      action: "client:read",
      async byIds(context, uuids) {
        const { tenantId, principal } = authorizedScope(context, "client:read");
        const rows = await database.read(tenantId, (session) => readClients(session, peopleView(principal), uuids));
        return new Map(rows.map((row) => [row.id, toClient(row)]));
      },
    },
    {
      type: "Learner",
      action: "learner:read",
      async byIds(context, uuids) {
        const { tenantId, principal } = authorizedScope(context, "learner:read");
        const rows = await database.read(tenantId, (session) => readLearners(session, peopleView(principal), uuids));
        return new Map(rows.map((row) => [row.id, toLearner(row)]));
      },
    },
    {
      type: "Coach",
      action: "coach:read",
      async byIds(context, uuids) {
        const { tenantId, principal } = authorizedScope(context, "coach:read");
        const view = peopleView(principal);
        const rows = await database.read(tenantId, (session) => readCoaches(session, view, uuids));
        return new Map(rows.map((row) => [row.id, toCoach(row, view)]));
      },
    },
    {
      type: "CoachNote",
      action: "learner:read",
      async byIds(context, uuids) {
        const { tenantId, principal } = authorizedScope(context, "learner:read");
        const view = peopleView(principal);
        const rows = await database.read(tenantId, (session) => readNotes(session, view, uuids));
        return new Map(rows.map((row) => [row.id, toNote(row, view)]));
      },
    },
    {
      type: "LearnerProgress",
      action: "learner:read",
      byIds(context, uuids) {
        const { tenantId, principal } = authorizedScope(context, "learner:read");
        return database.read(tenantId, (session) => readProgress(session, peopleView(principal), uuids));
      },
    },
  ];
}
