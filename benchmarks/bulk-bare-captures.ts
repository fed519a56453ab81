import { randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import { benchmarkEnvironment } from "./environment.ts";

const linesPerTransaction = 100;

interface Person {
  readonly id: string;
  readonly email: string;
}

/**
 * The statements of captureLead and of its idempotency key, a hundred people to a transaction, `together` of them with each
 * statement, under row-level security and in pg's pipeline mode as the server's. No GraphQL, no checks, no decisions, no results.
 */
export async function captureBare(count: number, together: number): Promise<number> {
  const { appUrl, tenantId } = benchmarkEnvironment();
  const client = new pg.Client({ connectionString: appUrl, pipeline: true } as pg.ClientConfig);
  await client.connect();
  await client.query("SELECT set_config('nexora.tenant_id', $1, false)", [tenantId]);
  const principalId = randomUUID();
  const prefix = randomUUID();
  for (let done = 0; done < count; done += linesPerTransaction) {
    const ends: string[] = [];
    await client.query("BEGIN");
    for (let place = 0; place < linesPerTransaction; place += together) {
      const people = Array.from({ length: together }, (_, index) => ({
        id: randomUUID(),
        email: `${prefix}-${done + place + index}@example.com`,
      }));
      await capture(client, tenantId, principalId, people);
      ends.push(keep(tenantId, principalId, people));
    }
    await client.query(`${ends.join("; ")}; COMMIT`);
  }
  await client.end();
  return count;
}

async function capture(client: pg.Client, tenantId: string, principalId: string, people: readonly Person[]) {
  const query = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  const emails = people.map(({ email }) => email);
  await Promise.all([
    query("locks", "SELECT pg_try_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest($1::text[]) AS key", [
      emails,
    ]),
    query(
      "results",
      "SELECT key_hash, result FROM idempotent_result WHERE tenant_id = $1 AND principal_id = $2 AND key_hash = ANY ($3)",
      [tenantId, principalId, emails.map(() => randomBytes(32))],
    ),
  ]);
  await Promise.all([
    query("addresses", "SELECT pg_advisory_xact_lock(hashtextextended(key, 1)) FROM unnest($1::text[]) AS key", [
      emails,
    ]),
    query(
      "owners",
      `SELECT lead.* FROM unnest($2::text[]) AS wanted (value)
       JOIN lead_identity i ON i.tenant_id = $1 AND i.kind = 'EMAIL' AND i.value = wanted.value
       JOIN lead ON lead.tenant_id = i.tenant_id AND lead.id = i.lead_id FOR UPDATE OF lead`,
      [tenantId, emails],
    ),
  ]);
  const rows = JSON.stringify(people);
  await Promise.all([
    query(
      "leads",
      `INSERT INTO lead (tenant_id, id, email, name, source, stage)
       SELECT $1, r.id, r.email, 'In', 'bare', 'NEW' FROM jsonb_to_recordset($2) AS r (id uuid, email text)`,
      [tenantId, rows],
    ),
    query(
      "identities",
      `INSERT INTO lead_identity (tenant_id, kind, value, lead_id)
       SELECT $1, 'EMAIL', r.email, r.id FROM jsonb_to_recordset($2) AS r (id uuid, email text)`,
      [tenantId, rows],
    ),
  ]);
  await query("read", "SELECT * FROM lead WHERE tenant_id = $1 AND id = ANY ($2)", [
    tenantId,
    people.map(({ id }) => id),
  ]);
}

function keep(tenantId: string, principalId: string, people: readonly Person[]): string {
  const actor = { type: "API_KEY", id: principalId };
  const entries = people.map(({ id, email }) => ({
    type: "lead.captured",
    subjectType: "Lead",
    subjectId: id,
    data: { created: true, fields: ["email", "name"] },
    personal: { email, name: "In" },
    actor,
    requestId: "bare",
  }));
  const bytes = () => `'\\x${randomBytes(32).toString("hex")}'`;
  const values = people.map(
    ({ id }) => `('${tenantId}', '${principalId}', ${bytes()}, ${bytes()}, '{"lead": {"id": "${id}"}}', NULL)`,
  );
  return `SELECT journal_append('${JSON.stringify(entries)}');
          INSERT INTO idempotent_result (tenant_id, principal_id, key_hash, fingerprint, result, position)
          VALUES ${values.join(", ")}`;
}
