import type { LeadChanged, LeadFilter } from "../../schema/lead.ts";
import type { Feed, FeedUpdate } from "../journal/feed.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId } from "../operations/ids.ts";
import { isDelivered, leadChangeOf, leadEntryTypes, type LeadsService } from "./leads.service.ts";

/** `subscription { leadChanged }`: what happened to leads, with the leads as they are now. */
export function leadChangedFeed(leads: LeadsService, cursors: CursorCodec): Feed {
  return {
    async plan(args, context) {
      const filter = args["filter"] as LeadFilter | null | undefined; // coerced by the schema
      const filterFields = await leads.filterFields(context, filter);
      return {
        types: leadEntryTypes,
        async updates(groupContext, records): Promise<FeedUpdate[]> {
          const changes = records.flatMap((record) => {
            const change = leadChangeOf(record);
            return change === null ? [] : [{ record, change }];
          });
          if (changes.length === 0) return [];
          const present = changes.filter(({ change }) => !change.isGone).map(({ change }) => change.leadId);
          const found = await leads.matchLeads(groupContext, [...new Set(present)], filter);
          return changes.flatMap(({ record, change }) => {
            const { lead = null, matches = false } = (change.isGone ? undefined : found.get(change.leadId)) ?? {};
            if (!isDelivered(change, filterFields, matches)) return [];
            const value: LeadChanged = {
              __typename: "LeadChanged",
              cursor: cursors.encodeEvent(record),
              type: change.type,
              occurredAt: record.occurredAt,
              leadId: toId("Lead", change.leadId),
              matches,
              lead,
            };
            return [{ position: record.position, value }];
          });
        },
      };
    },
  };
}
