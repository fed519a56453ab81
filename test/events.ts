import pg from "pg";
import { toUuid } from "../server/operations/ids.ts";
import type { TestApp, TestTenant } from "./app.ts";

export interface EventRow {
  readonly day: string;
  readonly message_id: string;
  readonly type: string;
  readonly time: Date;
  readonly name: string | null;
  readonly visitor_id: string | null;
  readonly user_id: string | null;
  readonly previous_id: string | null;
  readonly group_id: string | null;
  readonly properties: unknown;
  readonly traits: unknown;
  readonly context: Readonly<Record<string, unknown>> | null;
  readonly network: string | null;
  readonly country: string | null;
  readonly user_agent: string | null;
  readonly is_bot: boolean;
  readonly is_private: boolean;
  readonly partition: string;
}

/** A tenant's events as they are stored, in the order of their message ids. */
export async function eventsOf(ownerUrl: string, { tenantId }: Pick<TestTenant, "tenantId">): Promise<EventRow[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<EventRow>(
      `SELECT *, day::text, network::text, tableoid::regclass::text AS partition FROM event
       WHERE tenant_id = $1 ORDER BY message_id`,
      [toUuid("Tenant", tenantId)],
    );
    return rows;
  } finally {
    await owner.end();
  }
}

/** Sends a body as a program would, with the key in a header unless the headers have one. */
export function sendEvents(
  app: Pick<TestApp, "url" | "tenant">,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${app.url}${path}`, {
    method: "POST",
    headers: { "x-write-key": app.tenant.publishableKey, ...headers },
    body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
}
