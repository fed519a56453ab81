import type { Session } from "../db/session.ts";

/** A start that was planned, and the time that it takes with its buffers. */
export interface PlannedTime {
  readonly startsAt: Date;
  readonly busyFrom: Date;
  readonly busyTo: Date;
}

/** The first of these times at which a learner has another session; null when none is, because it was given up meanwhile. */
export async function firstBusy(
  session: Session,
  learnerId: string,
  times: readonly PlannedTime[],
  now: Date,
): Promise<Date | null> {
  const [row] = await session.query<{ starts_at: Date | null }>({
    name: "series-busy-week",
    text: `SELECT min(wanted.starts_at) AS starts_at
      FROM unnest($2::timestamptz[], $3::timestamptz[], $4::timestamptz[]) AS wanted (starts_at, busy_from, busy_to)
      JOIN slot_claim c ON c.tenant_id = nexora_tenant() AND c.resource_id = $1 AND c.released_at IS NULL
        AND c.busy_from < wanted.busy_to AND c.busy_to > wanted.busy_from AND (c.hold_until IS NULL OR c.hold_until > $5)`,
    values: [
      learnerId,
      times.map(({ startsAt }) => startsAt),
      times.map(({ busyFrom }) => busyFrom),
      times.map(({ busyTo }) => busyTo),
      now,
    ],
  });
  return row?.starts_at ?? null;
}
