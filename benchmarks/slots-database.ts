import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../server/db/embedded-postgres.ts";
import { migrate } from "../server/db/migrate.ts";

export interface SlotsDatabase extends AsyncDisposable {
  readonly appUrl: string;
  readonly tenantId: string;
  /** An hour, every quarter of an hour, with buffers, by anybody. */
  readonly sessionTypeId: string;
  readonly coachIds: readonly string[];
}

const tenants = 3;
const zones = ["Europe/Paris", "Africa/Tunis", "Africa/Casablanca", "America/New_York", "Asia/Kolkata"];

/** A PostgreSQL of its own: 50 coaches in five zones, there on weekdays, each with four sessions a day for 80 days; and two tenants alike. */
export async function startSlotsDatabase(from: Date): Promise<SlotsDatabase> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "nexora-benchmark-"));
  const postgres = await startEmbeddedPostgres({ dataDirectory, log: () => undefined, settings: { fsync: "off" } });
  const dispose = async (): Promise<void> => {
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      postgres.stopNow();
      process.exit(1);
    });
  }
  try {
    await migrate(postgres.ownerUrl, { appUrl: postgres.appUrl });
    return { appUrl: postgres.appUrl, ...(await fill(postgres.ownerUrl, from)), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function fill(ownerUrl: string, from: Date): Promise<Omit<SlotsDatabase, "appUrl" | keyof AsyncDisposable>> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO tenant (id, name, default_country, time_zone, locale, currency)
        SELECT gen_random_uuid(), 'Tenant ' || n, 'FR', 'Europe/Paris', 'fr', 'EUR' FROM generate_series(1, $1::int) AS n`,
      [tenants],
    );
    await client.query(
      `INSERT INTO coach (tenant_id, pseudonym, name, time_zone, locale)
        SELECT id, 'Coach ' || n, 'Name ' || n, ($1::text[])[1 + n % cardinality($1::text[])], 'fr' FROM tenant, generate_series(1, 50) AS n`,
      [zones],
    );
    await client.query(
      "INSERT INTO availability (tenant_id, coach_id, time_zone, day_limit, week_limit) SELECT tenant_id, id, time_zone, 20, 100 FROM coach",
    );
    await client.query(`
      INSERT INTO availability_rule (tenant_id, coach_id, weekday, start_minute, end_minute)
        SELECT tenant_id, id, weekday, start, start + 240 FROM coach, generate_series(1, 5) AS weekday, unnest(ARRAY[540, 810]) AS start;
      INSERT INTO session_type (tenant_id, kind, name, duration_min, grid_min, buffer_after_min, minimum_notice_min, booking_window_days, credit_cost)
        SELECT id, 'ONLINE', 'Lesson', 60, 15, 15, 120, 90, 1 FROM tenant`);
    await client.query(
      `INSERT INTO slot_claim (tenant_id, resource_id, kind, starts_at, ends_at, busy_from, busy_to)
        SELECT tenant_id, id, 'EXTERNAL', start, start + interval '1 hour', start, start + interval '75 minutes'
        FROM (SELECT coach.*, row_number() OVER () AS place FROM coach) AS coach, generate_series(-10, 70) AS day, unnest(ARRAY[7, 10, 13, 16]) AS hour,
          LATERAL (SELECT $1::timestamptz + make_interval(days => day, hours => hour, mins => (15 * (place % 4))::int) AS start) AS claim`,
      [from],
    );
    await client.query("ANALYZE");
    const { rows } = await client.query<{ tenant_id: string; id: string; coaches: string[] }>(
      `SELECT t.tenant_id, t.id, ARRAY(SELECT c.id::text FROM coach c WHERE c.tenant_id = t.tenant_id) AS coaches FROM session_type t LIMIT 1`,
    );
    const [first] = rows;
    if (first === undefined) throw new Error("there is no session type");
    return { tenantId: first.tenant_id, sessionTypeId: first.id, coachIds: first.coaches };
  } finally {
    await client.end();
  }
}
