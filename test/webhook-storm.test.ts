// Ten thousand entries for a receiver that fails at random, from two processes of which one is killed in the middle: the
// receiver's notes and the server's log have to tell the same story.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import pg from "pg";
import { InProcessHints } from "../server/adapters/hints/in-process-hints.ts";
import { JournalService } from "../server/journal/journal.service.ts";
import type { TestTenant } from "./app.ts";
import { createTestDatabase } from "./database.ts";
import { buildServer, type Installation, installation } from "./server-process.ts";
import { openDatabase } from "./tenant-rows.ts";
import { Random } from "./torture/random.ts";
import { type Answer, type ReceivedWebhook, startReceiver } from "./webhook-receiver.ts";
import { quickWebhooks } from "./webhooks.ts";

const entries = 10_000;
const subjects = 400;
const batch = 500;
const limitMs = 600_000; // half a minute when the machine is quiet

test(
  "of 10,000 entries none is lost, none is sent more often than the log says, and each subject's are in order",
  async () => {
    const seed = Math.floor(Math.random() * 2 ** 32);
    console.log(`webhook storm: start value ${seed}`);
    await buildServer();
    await using database = await createTestDatabase();
    const succeeded = new Map<string, number>();
    await using receiver = await startReceiver(failingAtRandom(new Random(seed), succeeded));
    await using first = await installation();
    await using second = await installation();
    const env = {
      ...quickWebhooks,
      DATABASE_URL: database.ownerUrl,
      DATABASE_APP_URL: database.appUrl,
      NEXORA_SECRET: "the same secret for both processes of this test",
      LOG_LEVEL: "error",
    };
    const { process: killed, url } = await started(first, env);
    const tenant = JSON.parse(await first.read("credentials.json")) as TestTenant;
    const endpointId = await createEndpoint(url, tenant.secretKey, receiver.url);
    await started(second, env);

    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      const { rows } = await owner.query<{ tenant_id: string }>("SELECT tenant_id FROM webhook_endpoint");
      const written = writeEntries(database.appUrl, rows[0]?.tenant_id ?? "");
      while (receiver.received.length < entries / 4) await sleep(50);
      killed.signal("SIGKILL");
      await killed.ended;
      await started(first, env);
      await written;
      await finished(owner, limitMs / 2);
      expect(await violations(owner, receiver.received, succeeded)).toEqual([]);
      expect(new Set(receiver.received.map(({ event }) => event.entry?.position)).size).toBe(entries);
      const { rows: states } = await owner.query<{ status: string; count: string }>(
        "SELECT status, count(*) AS count FROM webhook_delivery GROUP BY status",
      );
      expect(states).toEqual([{ status: "SUCCEEDED", count: String(entries) }]);
      const { rows: endpoints } = await owner.query("SELECT status FROM webhook_endpoint");
      expect(endpoints).toEqual([{ status: "ENABLED" }]);
      expect(endpointId).toMatch(/^webhook_/);
    } finally {
      await owner.end();
    }
  },
  limitMs,
);

/** A start refuses a database that is too busy to answer: whoever runs servers starts them again. */
async function started(home: Installation, env: Readonly<Record<string, string>>) {
  for (let attempt = 1; ; attempt += 1) {
    const process = home.start(env);
    try {
      return { process, url: await process.ready };
    } catch (error) {
      if (attempt === 20) throw error;
      await sleep(500);
    }
  }
}

/** A quarter of all requests fails in one way or another. */
function failingAtRandom(random: Random, succeeded: Map<string, number>): Answer {
  return async ({ id }, response) => {
    const chance = random.between(0, 1_000);
    if (chance < 100) return void response.writeHead(500).end("no");
    if (chance < 105) return void response.writeHead(429, { "retry-after": "1" }).end();
    if (chance < 150) return void response.writeHead(503).end();
    if (chance < 200) return void response.destroy();
    if (chance < 220) await sleep(200);
    succeeded.set(id, (succeeded.get(id) ?? 0) + 1);
    if (chance >= 220 && chance < 240) return void response.destroy(); // done, but the sender doesn't hear of it
    return void response.writeHead(204).end();
  };
}

async function createEndpoint(url: string, secretKey: string, receiverUrl: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${secretKey}` },
    body: JSON.stringify({
      query: `mutation ($url: String!) {
        createWebhookEndpoint(input: { url: $url, eventTypes: ["lead.updated"] }) { endpoint { id } userErrors { code } }
      }`,
      variables: { url: receiverUrl },
    }),
  });
  const { data } = (await response.json()) as { data: { createWebhookEndpoint: { endpoint: { id: string } } } };
  return data.createWebhookEndpoint.endpoint.id;
}

async function writeEntries(appUrl: string, tenantId: string): Promise<void> {
  await using database = openDatabase(appUrl);
  const journal = new JournalService(database, new InProcessHints());
  const ids = Array.from({ length: subjects }, () => randomUUID());
  const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: "storm" } as const;
  for (let start = 0; start < entries; start += batch) {
    await journal.transaction(scope, (transaction) => {
      for (let number = start; number < start + batch; number += 1) {
        const subjectId = ids[(number * 7) % subjects] ?? "";
        transaction.record({ type: "lead.updated", subjectType: "Lead", subjectId, data: { number } });
      }
      return Promise.resolve();
    });
  }
}

async function finished(owner: pg.Client, patienceMs: number): Promise<void> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const { rows } = await owner.query<{ planned: string; pending: string }>(
      "SELECT count(*) AS planned, count(*) FILTER (WHERE status = 'PENDING') AS pending FROM webhook_delivery",
    );
    const [{ planned, pending } = { planned: "0", pending: "0" }] = rows;
    if (planned === String(entries) && pending === "0") return;
    if (Date.now() > end) throw new Error(`${planned} planned, ${pending} pending`);
    await sleep(250);
  }
}

interface LoggedDelivery {
  readonly uuid: string;
  readonly position: string;
  readonly attempts: number;
  readonly interrupted: number;
  readonly unheard: number;
}

/** Where the receiver's notes and the log disagree. */
async function violations(
  owner: pg.Client,
  received: readonly ReceivedWebhook[],
  succeeded: ReadonlyMap<string, number>,
): Promise<string[]> {
  const { rows } = await owner.query<LoggedDelivery>(
    `SELECT d.id AS uuid, d.position::text AS position, count(*)::int AS attempts,
       (count(*) FILTER (WHERE a.outcome = 'INTERRUPTED'))::int AS interrupted,
       (count(*) FILTER (WHERE a.outcome IN ('NETWORK_ERROR', 'TIMEOUT')))::int AS unheard
     FROM webhook_delivery d JOIN webhook_attempt a ON a.tenant_id = d.tenant_id AND a.delivery_id = d.id
     GROUP BY d.id, d.position`,
  );
  const requests = Map.groupBy(received, ({ event }) => String(event.entry?.position));
  const found: string[] = [];
  for (const { position, attempts, interrupted, unheard } of rows) {
    const own = requests.get(position) ?? [];
    const ids = new Set(own.map(({ id }) => id));
    const [id = ""] = ids;
    if (ids.size !== 1) found.push(`${position} has ${ids.size} ids`);
    if (own.length > attempts) found.push(`${position} was sent ${own.length} times, the log has ${attempts}`);
    if (own.length < attempts - interrupted - unheard) found.push(`${position} was sent less often than the log says`);
    const done = succeeded.get(id) ?? 0;
    if (done < 1 || done > 1 + interrupted + unheard) found.push(`${position} was accepted ${done} times`);
  }
  for (const [subject, own] of Map.groupBy(received, ({ event }) => event.entry?.subjectId)) {
    const positions = own.map(({ event }) => event.entry?.position ?? 0);
    const isOrdered = positions.every((position, index) => index === 0 || position >= (positions[index - 1] ?? 0));
    if (!isOrdered) found.push(`${subject} isn't in order`);
  }
  return found;
}
