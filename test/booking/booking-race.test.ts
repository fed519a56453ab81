import { expect, it } from "@jest/globals";
import pg from "pg";
import { InProcessHints } from "../../server/adapters/hints/in-process-hints.ts";
import { recordMove } from "../../server/credits/ledger.ts";
import { JournalService } from "../../server/journal/journal.service.ts";
import { newUuid } from "../../server/operations/uuid.ts";
import { BookingRefusal } from "../../server/sessions/booking-refusal.ts";
import { callBook, type NewBooking, type NewSession } from "../../server/sessions/session-functions.ts";
import { createTestDatabase } from "../database.ts";
import { violationsSql } from "../ledger/ledger-invariants.ts";
import { insertTenant, openDatabase } from "../tenant-rows.ts";

const rounds = 60;
const bookings = 32;
const minuteMs = 60_000;
const actor = { type: "SYSTEM" } as const;
const at = new Date("2026-11-23T10:00:00Z");

interface Pupil {
  readonly clientId: string;
  readonly learnerId: string;
}

interface Offer {
  readonly coachId: string;
  readonly sessionTypeId: string;
}

class ChangedMind extends Error {}

// Below the API, so that all meet in the database. booking-storm.ts sends them through it.
it("32 bookings at once of overlapping hours have one winner in each of 60 rounds, while others roll back, without a deadlock", async () => {
  await using files = await createTestDatabase();
  await using database = openDatabase(files.appUrl, Math.ceil(bookings * 1.25) + 1); // a fifth is kept from one tenant
  const journal = new JournalService(database, new InProcessHints());
  const tenantId = await insertTenant(database);
  const owner = new pg.Client({ connectionString: files.ownerUrl });
  await owner.connect();
  try {
    await owner.query("SELECT set_config('nexora.tenant_id', $1, false)", [tenantId]);
    const { offer, pupils } = await fill(owner);
    const outcomes: Record<string, number> = {};
    for (let round = 0; round < rounds; round += 1) {
      const first = Date.parse("2026-11-25T00:00:00Z") + round * 180 * minuteMs;
      // One in four is busy in the middle of it, and has to give the coach's time back.
      await occupy(
        owner,
        pupils.filter((_, index) => index % 4 === 1),
        first + 45 * minuteMs,
      );
      const told = await Promise.all(
        pupils.map(async (pupil, index) => {
          const { session, booking } = plan(offer, pupil, first + ((index >> 2) % 2) * 30 * minuteMs);
          try {
            await journal.transaction({ tenantId, actor, requestId: "race" }, async (tx) => {
              const call = { series: null, sessions: [session], bookings: [booking], offerId: null, at, actor };
              for (const held of await callBook(tx, call)) recordMove(tx, held, { type: "credits.held", kind: "HOLD" });
              if (index % 4 === 3) throw new ChangedMind();
            });
            return "booked";
          } catch (error) {
            if (error instanceof ChangedMind) return "changed his mind";
            if (error instanceof BookingRefusal) return error.code;
            throw error;
          }
        }),
      );
      expect([round, told.filter((outcome) => outcome === "booked").length]).toEqual([round, 1]);
      for (const outcome of told) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    expect(outcomes["SLOT_TAKEN"]).toBeGreaterThan(0);
    expect(Object.keys(outcomes).toSorted()).toEqual(
      expect.arrayContaining(["LEARNER_BUSY", "SLOT_TAKEN", "booked", "changed his mind"]),
    );
    expect(Object.keys(outcomes)).toHaveLength(4);
    expect((await owner.query(violationsSql)).rows).toEqual([]);
    const { rows } = await owner.query(`
      SELECT (SELECT count(*)::int FROM slot_claim a JOIN slot_claim b ON b.resource_id = a.resource_id AND b.id > a.id
          AND a.busy_from < b.busy_to AND b.busy_from < a.busy_to) AS overlaps,
        (SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()) AS deadlocks,
        (SELECT sum(held)::int FROM credit_balance) AS held,
        (SELECT count(*)::int FROM booking) AS booked,
        (SELECT count(*)::int FROM journal_entry) AS entries`);
    expect(rows).toEqual([{ overlaps: 0, deadlocks: 0, held: rounds, booked: rounds, entries: rounds }]);
  } finally {
    await owner.end();
  }
}, 240_000);

async function fill(owner: pg.Client): Promise<{ readonly offer: Offer; readonly pupils: readonly Pupil[] }> {
  const offers = await owner.query<Offer>(`
    WITH coach AS (
      INSERT INTO coach (tenant_id, pseudonym, name, time_zone, locale) VALUES (nexora_tenant(), 'Hélios', 'H', 'UTC', 'fr') RETURNING id
    ), session_type AS (
      INSERT INTO session_type (tenant_id, kind, name, duration_min, grid_min, credit_cost)
      VALUES (nexora_tenant(), 'ONLINE', 'Lesson', 60, 30, 1) RETURNING id
    )
    SELECT coach.id AS "coachId", session_type.id AS "sessionTypeId" FROM coach, session_type`);
  const pupils = await owner.query<Pupil>(
    `WITH number AS (
       SELECT n, uuidv7() AS client_id, uuidv7() AS learner_id FROM generate_series(1, $1) AS n
     ), client AS (
       INSERT INTO client (tenant_id, id, name, email, time_zone, locale)
       SELECT nexora_tenant(), client_id, 'A client', n || '@example.com', 'UTC', 'fr' FROM number
     ), learner AS (
       INSERT INTO learner (tenant_id, id, name, time_zone, locale) SELECT nexora_tenant(), learner_id, 'A learner', 'UTC', 'fr' FROM number
     )
     SELECT client_id AS "clientId", learner_id AS "learnerId" FROM number`,
    [bookings],
  );
  await owner.query(
    `SELECT credit_grant(id, 100, 'PROMO', 'grant ' || id, $1, '{"type": "SYSTEM"}') FROM client WHERE tenant_id = nexora_tenant()`,
    [at],
  );
  const [offer] = offers.rows;
  if (offer === undefined) throw new Error("no offer");
  return { offer, pupils: pupils.rows };
}

/** Takes the learners' time, as an external calendar would. */
async function occupy(owner: pg.Client, pupils: readonly Pupil[], from: number): Promise<void> {
  await owner.query(
    `INSERT INTO slot_claim (tenant_id, resource_id, kind, starts_at, ends_at, busy_from, busy_to)
     SELECT nexora_tenant(), id, 'EXTERNAL', $2::timestamptz, $3, $2, $3 FROM unnest($1::uuid[]) AS id`,
    [pupils.map(({ learnerId }) => learnerId), new Date(from), new Date(from + minuteMs)],
  );
}

function plan(
  { coachId, sessionTypeId }: Offer,
  { clientId, learnerId }: Pupil,
  start: number,
): { readonly session: NewSession; readonly booking: NewBooking } {
  const [startsAt, endsAt] = [new Date(start), new Date(start + 60 * minuteMs)];
  const session: NewSession = {
    ...{ id: newUuid(), session_type_id: sessionTypeId, coach_id: coachId, room_id: null, series_id: null },
    ...{ kind: "ONLINE", title: "Lesson", status: "CONFIRMED", starts_at: startsAt, ends_at: endsAt },
    ...{ busy_from: startsAt, busy_to: new Date(endsAt.getTime() + 15 * minuteMs), time_zone: "UTC" },
    ...{ local_start: startsAt.toISOString().slice(0, 16), capacity: 1, meeting_room: newUuid().replaceAll("-", "") },
  };
  const booking: NewBooking = {
    ...{ id: newUuid(), session_id: session.id, is_join: false, learner_id: learnerId, client_id: clientId },
    ...{ credits: 1, hold_until: endsAt, cancellation_notice_min: 60, late_cancellation: "REFUSED" },
    ...{ starts_at: startsAt, deadline_at: startsAt },
  };
  return { session, booking };
}
