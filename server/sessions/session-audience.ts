import type { JournalRecord } from "../journal/entry.ts";
import { FeedAudience } from "../journal/feed-audience.ts";
import { sessionChangeOf } from "./session-change.ts";
import type { SessionFeedOptions } from "./session-updates.ts";

interface Place extends Record<string, unknown> {
  readonly session_id: string;
  readonly coach_id: string;
  /** Null: nobody has, or had, a place. */
  readonly learner_id: string | null;
  readonly client_id: string | null;
}

/** Whom a session's entry may be about: who gives it or gave it, and all who have, or had, a place. */
export function sessionAudience({ database, people }: Pick<SessionFeedOptions, "database" | "people">): FeedAudience {
  return new FeedAudience((tenantId, records) =>
    database.read(tenantId, async (session) => {
      const profiles = new Map<JournalRecord, Set<string>>(records.map((record) => [record, new Set()]));
      const places = await session.query<Place>({
        name: "session-places",
        text: `SELECT s.id AS session_id, s.coach_id, b.learner_id, b.client_id FROM session s
          LEFT JOIN booking b ON b.tenant_id = s.tenant_id AND b.session_id = s.id
          WHERE s.tenant_id = nexora_tenant() AND s.id = ANY ($1::uuid[])`,
        values: [[...new Set(records.map(({ subjectId }) => subjectId))]],
      });
      const coachIds = places.map((place) => place.coach_id);
      for (const [record, found] of profiles) {
        const ofSession = places.filter((place) => place.session_id === record.subjectId);
        const change = sessionChangeOf(record);
        const coaches = [change?.coachId, change?.previousCoachId, ...ofSession.map((place) => place.coach_id)];
        coachIds.push(...present(coaches));
        const takePart = ofSession.flatMap((place) => [place.learner_id, place.client_id]);
        for (const id of present([...coaches, ...takePart])) found.add(id);
      }
      const members = await people.membersOf(session, {
        coachIds,
        learnerIds: present(places.map((place) => place.learner_id)),
        clientIds: present(places.map((place) => place.client_id)),
      });
      return new Map(
        [...profiles].map(([record, ids]) => [record, new Set([...ids].flatMap((id) => [...(members.get(id) ?? [])]))]),
      );
    }),
  );
}

function present(ids: readonly (string | null | undefined)[]): string[] {
  return ids.filter((id) => id != null);
}
