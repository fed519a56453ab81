import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Credentials } from "../server/credentials.ts";
import { startEmbeddedPostgres } from "../server/db/embedded-postgres.ts";
import { migrate } from "../server/db/migrate.ts";
import { createLog } from "../server/log.ts";
import { compose } from "../server/main.ts";
import { type BenchmarkEnvironment, benchmarkConfig } from "./environment.ts";

export interface LeadsDatabase extends AsyncDisposable {
  readonly environment: BenchmarkEnvironment;
  readonly secretKey: string;
}

/** A PostgreSQL of its own with a tenant as the first start makes it and its leads, beside those of other tenants. */
export async function startLeadsDatabase(): Promise<LeadsDatabase> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "nexora-benchmark-"));
  const postgres = await startEmbeddedPostgres({ dataDirectory, log: () => undefined, settings: { fsync: "off" } });
  const { appUrl, ownerUrl } = postgres;
  const secret = randomBytes(32).toString("hex");
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
    await migrate(ownerUrl, { appUrl });
    const nexora = await compose(benchmarkConfig(), {
      appUrl,
      secret,
      log: createLog({ level: "silent" }),
    });
    const credentials: Credentials | undefined = await nexora.bootstrap(() => Promise.resolve());
    await nexora.close();
    if (credentials === undefined) throw new Error("the database isn't new");
    const tenantId = await insertLeads(ownerUrl);
    return {
      environment: { appUrl, ownerUrl, secret, tenantId },
      secretKey: credentials.secretKey,
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** 2,000 leads for each of 11 tenants, four members each; nine leads of ten have an owner. Returns the first tenant's uuid. */
async function insertLeads(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>("SELECT id FROM tenant");
    const [first] = rows;
    if (first === undefined) throw new Error("there is no tenant");
    await client.query(`
      INSERT INTO tenant (id, name, default_country, time_zone, locale, currency)
        SELECT gen_random_uuid(), 'Tenant ' || n, 'FR', 'Europe/Paris', 'fr', 'EUR' FROM generate_series(1, 10) AS n;
      INSERT INTO member (tenant_id, id, email, name, password_hash, role)
        SELECT tenant.id, gen_random_uuid(), 'coach' || n || '@example.com', 'Coach number ' || n, 'x', 'COACH'
        FROM tenant, generate_series(1, 4) AS n;
      INSERT INTO lead (tenant_id, id, email, phone, name, company, source, stage, tags, owner_id, created_at)
        SELECT tenant.id, uuidv7(), 'person' || n || '@example.com', '+33612' || lpad(n::text, 6, '0'), 'Person number ' || n,
          CASE WHEN n % 5 > 0 THEN 'Company ' || n % 97 END, 'website', 'NEW', ARRAY['newsletter', 'spring-' || n % 9],
          CASE WHEN n % 10 > 0 THEN (SELECT id FROM member WHERE member.tenant_id = tenant.id AND email = 'coach' || 1 + n % 4 || '@example.com') END,
          now() - n * interval '7 minutes'
        FROM tenant, generate_series(1, 2000) AS n;
      ANALYZE`);
    return first.id;
  } finally {
    await client.end();
  }
}
