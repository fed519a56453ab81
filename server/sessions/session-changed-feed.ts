import type { Feed, FeedUpdate } from "../journal/feed.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { nothingToFollow, readFollowedId } from "../operations/subscribe-filter.ts";
import { sessionAudience } from "./session-audience.ts";
import { sessionChangeOf, sessionEntryTypes } from "./session-change.ts";
import { findSessions } from "./session-store.ts";
import { sessionView } from "./sessions.access.ts";
import { hasLearner, readView, type SessionFeedOptions, sessionUpdates } from "./session-updates.ts";

/** Uuids; what is undefined leaves nothing out. */
interface Wanted {
  readonly sessionId: string | undefined;
  readonly coachId: string | undefined;
  readonly learnerId: string | undefined;
}

/** `subscription { sessionChanged }`: what happened to sessions that one sees, with the sessions as they are now. */
export function sessionChangedFeed(options: SessionFeedOptions): Feed {
  const audience = sessionAudience(options);
  return {
    async plan(args, context) {
      const wanted = await readWanted(args, context, options);
      const { sessionId, coachId, learnerId } = wanted;
      return {
        types: sessionEntryTypes,
        async updates(groupContext, records): Promise<FeedUpdate[]> {
          const entries = records.filter((record) => {
            const change = sessionChangeOf(record);
            if (change === null || (sessionId ?? change.sessionId) !== change.sessionId) return false;
            return coachId === undefined || [change.coachId, change.previousCoachId].includes(coachId);
          });
          const concerning = await audience.entriesFor(groupContext.principal, entries);
          const changes = concerning.flatMap((record) => {
            const change = sessionChangeOf(record);
            return change === null ? [] : [{ record, change }];
          });
          if (changes.length === 0) return [];
          const view = await readView(groupContext, options);
          return sessionUpdates(groupContext, changes, view, options, (change, row) => {
            if (learnerId === undefined || hasLearner(view, row, learnerId)) return true;
            return row === undefined && change.bookings.some((booking) => booking.learnerId === learnerId);
          });
        },
      };
    },
  };
}

/** Whatever one doesn't see doesn't exist. */
async function readWanted(
  args: Readonly<Record<string, unknown>>,
  context: Context,
  { database, people }: SessionFeedOptions,
): Promise<Wanted> {
  const { tenantId, principal } = authorizedScope(context, "session:read");
  const sessionId = readFollowedId("Session", args["sessionId"]);
  const coachId = readFollowedId("Coach", args["coachId"]);
  const learnerId = readFollowedId("Learner", args["learnerId"]);
  if (sessionId !== undefined) {
    const found = await database.read(tenantId, async (session) =>
      findSessions(session, await sessionView(session, people, principal), [sessionId]),
    );
    if (found.length === 0) throw nothingToFollow("Session");
  }
  if (coachId !== undefined && (await people.coach(context, coachId)) === null) throw nothingToFollow("Coach");
  if (learnerId !== undefined && (await people.learner(context, learnerId)) === null) throw nothingToFollow("Learner");
  return { sessionId, coachId, learnerId };
}
