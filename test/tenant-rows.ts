import { randomUUID } from "node:crypto";
import { Database } from "../server/db/database.ts";

/** A Database of a test, closed when it is disposed. */
export function openDatabase(url: string, poolSize = 4): Database & AsyncDisposable {
  const database = new Database({ url, poolSize, statementTimeoutMs: 20_000 });
  return Object.assign(database, { [Symbol.asyncDispose]: () => database.close() });
}

/** The rows that a tenant needs before anything else: itself and its journal. Returns its uuid. */
export async function insertTenant(database: Database, name = "A tenant"): Promise<string> {
  const id = randomUUID();
  await database.transaction(id, async (session) => {
    await session.query({
      text: `INSERT INTO tenant (id, name, default_country, time_zone, locale, currency) VALUES ($1, $2, 'FR', 'Europe/Paris', 'fr', 'EUR')`,
      values: [id, name],
    });
    await session.query({
      text: "INSERT INTO journal_head (tenant_id, position, hash) VALUES ($1, 0, journal_genesis())",
      values: [id],
    });
  });
  return id;
}
