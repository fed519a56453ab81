import type { Availability } from "../../schema/availability.ts";
import { type AvailabilityChanged, AvailabilityPart } from "../../schema/session-changed.ts";
import type { AvailabilityService } from "../calendar/availability.service.ts";
import type { JournalRecord } from "../journal/entry.ts";
import type { Feed, FeedUpdate } from "../journal/feed.ts";
import { isAllowed } from "../operations/authorize.ts";
import type { Context } from "../operations/context.ts";
import { toId } from "../operations/ids.ts";
import { nothingToFollow, readFollowedId } from "../operations/subscribe-filter.ts";
import { sessionChangeOf, sessionEntryTypes } from "./session-change.ts";
import { readView, type SessionFeedOptions, sessionUpdates } from "./session-updates.ts";
import type { SessionView } from "./sessions.access.ts";

export interface AgendaFeedOptions extends SessionFeedOptions {
  readonly availability: AvailabilityService;
}

const availabilityChanged = "availability.changed";

/** `subscription { agenda }`: whatever changes a coach's calendar, for him and the team. */
export function agendaFeed(options: AgendaFeedOptions): Feed {
  return {
    async plan(args, context) {
      const coachId = readFollowedId("Coach", args["coachId"]);
      const isThere = coachId !== undefined && (await options.people.coach(context, coachId)) !== null;
      if (!isThere || !isSeen(await readView(context, options), coachId)) throw nothingToFollow("Coach");
      return {
        types: [...sessionEntryTypes, availabilityChanged],
        async updates(groupContext, records): Promise<FeedUpdate[]> {
          const changes = records.flatMap((record) => {
            const change = sessionChangeOf(record);
            const isOfCoach = change?.coachId === coachId || change?.previousCoachId === coachId;
            return change !== null && isOfCoach ? [{ record, change }] : [];
          });
          const hours = records.filter(({ type, subjectId }) => type === availabilityChanged && subjectId === coachId);
          if (changes.length + hours.length === 0) return [];
          const view = await readView(groupContext, options);
          if (!isSeen(view, coachId)) return []; // a coach who was deactivated has no agenda any more
          const [sessions, availabilities] = await Promise.all([
            sessionUpdates(groupContext, changes, view, options),
            hoursUpdates(groupContext, hours, coachId, options),
          ]);
          return [...sessions, ...availabilities].toSorted((one, other) => (one.position < other.position ? -1 : 1));
        },
      };
    },
  };
}

function isSeen(view: SessionView, coachId: string): boolean {
  return view.kind === "TEAM" || view.coachId === coachId;
}

async function hoursUpdates(
  context: Context,
  records: readonly JournalRecord[],
  coachId: string,
  { availability, cursors }: AgendaFeedOptions,
): Promise<FeedUpdate[]> {
  if (records.length === 0) return [];
  const found: Map<string, Availability> = isAllowed(context.principal, "availability:read")
    ? await availability.byIds(context, [coachId])
    : new Map();
  return records.map((record) => {
    const value: AvailabilityChanged = {
      __typename: "AvailabilityChanged",
      cursor: cursors.encodeEvent(record),
      part: Object.values(AvailabilityPart).find((part) => part === record.data["part"]) ?? "HOURS",
      occurredAt: record.occurredAt,
      coachId: toId("Coach", coachId),
      availability: found.get(coachId) ?? null,
    };
    return { position: record.position, value };
  });
}
