import type { Database } from "../db/database.ts";

/** The tenants that have lots or holds which end up to an instant. */
export async function tenantsDue(database: Database, lotsUntil: Date, holdsUntil: Date): Promise<string[]> {
  const rows = await database.global((session) =>
    session.query<{ tenant_id: string }>({
      name: "credit-tenants-due",
      text: "SELECT credit_tenants_due AS tenant_id FROM credit_tenants_due($1, $2)",
      values: [lotsUntil, holdsUntil],
    }),
  );
  return rows.map(({ tenant_id }) => tenant_id);
}
