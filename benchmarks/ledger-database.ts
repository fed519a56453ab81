import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../server/db/embedded-postgres.ts";
import { migrate } from "../server/db/migrate.ts";

/** An account that has more credits than anybody spends, and whom its client books for. */
export interface BenchmarkAccount {
  readonly tenantId: string;
  readonly clientId: string;
  readonly learnerId: string;
  /** The tenant's only ones. */
  readonly coachId: string;
  readonly sessionTypeId: string;
}

export interface LedgerDatabase extends AsyncDisposable {
  /** Row-level security holds. */
  readonly appUrl: string;
  /** It doesn't, and tables can be written: what the interactive transactions connect with. */
  readonly ownerUrl: string;
  /** All in one tenant. */
  readonly accounts: readonly BenchmarkAccount[];
  /** As many, of 50 tenants. */
  readonly spread: readonly BenchmarkAccount[];
}

export const spreadTenants = 50;

/**
 * A PostgreSQL of its own. It waits for the disk as one in production does, unless the disk isn't to be measured: each way to
 * move credits waits for it once, so a slow one makes all ways alike.
 */
export async function startLedgerDatabase(accounts: number, waitsForDisk: boolean): Promise<LedgerDatabase> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "nexora-benchmark-"));
  const settings = { max_connections: "300", shared_buffers: "512MB", fsync: waitsForDisk ? "on" : "off" };
  const postgres = await startEmbeddedPostgres({ dataDirectory, log: () => undefined, settings });
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
  const { appUrl, ownerUrl } = postgres;
  try {
    await migrate(ownerUrl, { appUrl });
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    try {
      // The functions' plans are made while the tables are empty, and then kept.
      await owner.query("SET enable_seqscan = off");
      const one = await fill(owner, 1, accounts);
      const spread = await fill(owner, spreadTenants, Math.ceil(accounts / spreadTenants));
      await owner.query("VACUUM ANALYZE");
      return { appUrl, ownerUrl, accounts: one, spread, [Symbol.asyncDispose]: dispose };
    } finally {
      await owner.end();
    }
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function fill(owner: pg.Client, tenants: number, accountsOfEach: number): Promise<BenchmarkAccount[]> {
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO tenant (id, name, default_country, time_zone, locale, currency)
     SELECT gen_random_uuid(), 'A tenant', 'FR', 'Europe/Paris', 'fr', 'EUR' FROM generate_series(1, $1) RETURNING id`,
    [tenants],
  );
  const accounts: BenchmarkAccount[] = [];
  for (const { id: tenantId } of rows) {
    await owner.query("SELECT set_config('nexora.tenant_id', $1, false)", [tenantId]);
    await owner.query("INSERT INTO journal_head (tenant_id, position, hash) VALUES ($1, 0, journal_genesis())", [
      tenantId,
    ]);
    const clients = await owner.query<{ id: string }>(
      `INSERT INTO client (tenant_id, name, email, time_zone, locale)
       SELECT $1, 'A client', uuidv7() || '@example.com', 'Europe/Paris', 'fr' FROM generate_series(1, $2) RETURNING id`,
      [tenantId, accountsOfEach],
    );
    await owner.query(
      `SELECT count(credit_grant(id, 1000000000, 'PURCHASE', 'grant ' || id, now(), '{"type": "SYSTEM"}')) FROM client WHERE tenant_id = $1`,
      [tenantId],
    );
    const offers = await owner.query<Pick<BenchmarkAccount, "coachId" | "sessionTypeId">>(
      `WITH coach AS (
         INSERT INTO coach (tenant_id, pseudonym, name, time_zone, locale) VALUES ($1, 'Hélios', 'A coach', 'UTC', 'fr') RETURNING id
       ), session_type AS (
         INSERT INTO session_type (tenant_id, kind, name, duration_min, grid_min, credit_cost) VALUES ($1, 'ONLINE', 'Lesson', 60, 30, 1)
         RETURNING id
       )
       SELECT coach.id AS "coachId", session_type.id AS "sessionTypeId" FROM coach, session_type`,
      [tenantId],
    );
    const learners = await owner.query<{ id: string }>(
      `INSERT INTO learner (tenant_id, name, time_zone, locale)
       SELECT $1, 'A learner', 'UTC', 'fr' FROM generate_series(1, $2) RETURNING id`,
      [tenantId, accountsOfEach],
    );
    const [offer] = offers.rows;
    if (offer === undefined) throw new Error("a tenant has an offer");
    accounts.push(
      ...clients.rows.map(({ id }, index) => ({
        ...{ tenantId, clientId: id, learnerId: learners.rows[index]?.id ?? "" },
        ...offer,
      })),
    );
  }
  return accounts;
}
