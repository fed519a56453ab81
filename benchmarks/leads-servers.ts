import { fastify } from "fastify";
import pg from "pg";
import { createLog } from "../server/log.ts";
import { compose } from "../server/main.ts";
import { benchmarkConfig, benchmarkEnvironment } from "./environment.ts";
import { listen } from "./list-servers.ts";

export const leadsBody = JSON.stringify({
  query: `query Leads($first: Int!) {
    leads(first: $first) {
      nodes { id email phone name company stage tags createdAt owner { id name email } }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  operationName: "Leads",
  variables: { first: 50 },
});

/** The whole product. */
export async function serveNexora(): Promise<number> {
  const { appUrl, secret } = benchmarkEnvironment();
  const log = createLog({ level: "info" });
  const nexora = await compose(benchmarkConfig(), { appUrl, secret, log });
  return nexora.listen({ host: "127.0.0.1", port: 0 });
}

interface BareRow {
  readonly id: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly name: string | null;
  readonly company: string | null;
  readonly stage: string;
  readonly tags: readonly string[];
  readonly created_at: Date;
  readonly owner_id: string | null;
  readonly owner_name: string | null;
  readonly owner_email: string | null;
}

/** The same page by hand: one prepared statement, one fixed shape, nobody asked who calls. */
export function serveBareSql(): Promise<number> {
  const { ownerUrl, tenantId } = benchmarkEnvironment();
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 10 });
  const app = fastify();
  app.post<{ Body: { variables: { first: number } } }>("/graphql", async (request) => {
    const { first } = request.body.variables;
    const { rows } = await pool.query<BareRow>({
      name: "leads",
      text: `SELECT lead.id, lead.email, lead.phone, lead.name, lead.company, lead.stage, lead.tags, lead.created_at,
          owner.id AS owner_id, owner.name AS owner_name, owner.email AS owner_email
        FROM lead LEFT JOIN member AS owner ON owner.tenant_id = lead.tenant_id AND owner.id = lead.owner_id
        WHERE lead.tenant_id = $1 ORDER BY lead.created_at DESC, lead.id DESC LIMIT $2`,
      values: [tenantId, first + 1],
    });
    const nodes = rows.slice(0, first).map((row) => ({
      id: row.id,
      email: row.email,
      phone: row.phone,
      name: row.name,
      company: row.company,
      stage: row.stage,
      tags: row.tags,
      createdAt: row.created_at,
      owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name, email: row.owner_email },
    }));
    const pageInfo = { hasNextPage: rows.length > first, endCursor: nodes.at(-1)?.id ?? null };
    return { data: { leads: { nodes, pageInfo } } };
  });
  return listen(app);
}
