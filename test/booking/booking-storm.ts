import pg from "pg";
import { toUuid } from "../../server/operations/ids.ts";
import { startApp } from "../app.ts";
import { book, createFamily, createOffer, type Family } from "../sessions.ts";
import { TestClock } from "../clock.ts";
import type { TestDatabase } from "../database.ts";

export interface StormPlan {
  readonly rounds: number;
  readonly bookings: number;
}

export interface StormResult {
  /** How many bookings succeeded, in each round. */
  readonly winners: readonly number[];
  /** What the others were told, and how often. */
  readonly codes: Readonly<Record<string, number>>;
  /** Pairs of claims of one resource that overlap. */
  readonly overlaps: number;
  /** As PostgreSQL counts them. */
  readonly deadlocks: number;
  /** Credits that are held, and bookings that hold them. */
  readonly held: number;
  readonly booked: number;
}

const hourMs = 3_600_000;

/**
 * Rounds of bookings that are sent at once and want overlapping hours of one coach. Half of them are of learners who are
 * busy: they take the coach's time first and have to give it back, so transactions roll back while others wait for them.
 */
export async function runStorm({ rounds, bookings }: StormPlan, database?: TestDatabase): Promise<StormResult> {
  const clock = new TestClock("2026-11-23T10:00:00Z");
  await using app = await startApp({
    clock,
    env: {
      DATABASE_POOL_SIZE: String(bookings),
      TENANT_CONCURRENCY: String(bookings),
      TENANT_QUEUE: String(10 * bookings),
    },
    ...(database === undefined ? {} : { database }),
  });
  const graphql: typeof app.graphql = (query, variables) => app.graphql(query, variables);
  const owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  try {
    const { coachId, sessionTypeId } = await createOffer(graphql, { bufferAfterMin: 15, bookingWindowDays: 90 });
    const families: Family[] = [];
    for (let made = 0; made < bookings; made += 1) families.push(await createFamily(graphql, 100));
    const winners: number[] = [];
    const codes: Record<string, number> = {};
    for (let round = 0; round < rounds; round += 1) {
      const first =
        Date.parse("2026-11-25T09:00:00Z") + Math.floor(round / 4) * 24 * hourMs + (round % 4) * 2.5 * hourMs;
      await occupy(owner, families.slice(0, bookings / 2), first);
      const answers = await Promise.all(
        families.map(({ learnerId }, index) =>
          book(graphql, {
            learnerId,
            sessionTypeId,
            coachId,
            startsAt: new Date(first + ((index >> 1) % 2) * (hourMs / 2)).toISOString(),
          }),
        ),
      );
      winners.push(answers.filter(({ session }) => session !== null).length);
      for (const { userErrors } of answers) {
        for (const { code } of userErrors) codes[code] = (codes[code] ?? 0) + 1;
      }
    }
    return { winners, codes, ...(await look(owner)) };
  } finally {
    await owner.end();
  }
}

/** Takes the learners' time, as an external calendar would. */
async function occupy(owner: pg.Client, families: readonly Family[], from: number): Promise<void> {
  await owner.query(
    `INSERT INTO slot_claim (tenant_id, resource_id, kind, starts_at, ends_at, busy_from, busy_to)
     SELECT tenant_id, id, 'EXTERNAL', $2::timestamptz, $3, $2, $3 FROM resource WHERE id = ANY ($1)`,
    [
      families.map(({ learnerId }) => toUuid("Learner", learnerId)),
      new Date(from + hourMs / 2),
      new Date(from + hourMs / 2 + 60_000),
    ],
  );
}

async function look(owner: pg.Client) {
  const { rows } = await owner.query<{ overlaps: number; deadlocks: number; held: number; booked: number }>(`
    SELECT (SELECT count(*)::int FROM slot_claim a JOIN slot_claim b ON b.resource_id = a.resource_id AND b.id > a.id
        AND a.busy_from < b.busy_to AND b.busy_from < a.busy_to
        WHERE a.released_at IS NULL AND b.released_at IS NULL) AS overlaps,
      (SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()) AS deadlocks,
      (SELECT sum(held)::int FROM credit_balance) AS held,
      (SELECT count(*)::int FROM booking WHERE status = 'BOOKED') AS booked`);
  const [row] = rows;
  if (row === undefined) throw new Error("nothing was counted");
  return row;
}
