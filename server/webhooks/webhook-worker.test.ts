import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { systemClock } from "../clock.ts";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { testRedisUrl } from "../../test/redis.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import { type Answer, startReceiver } from "../../test/webhook-receiver.ts";
import { InProcessHints } from "../adapters/hints/in-process-hints.ts";
import { RedisHints } from "../adapters/hints/redis-hints.ts";
import type { Database } from "../db/database.ts";
import type { HintBus } from "../journal/hints.port.ts";
import { JournalService } from "../journal/journal.service.ts";
import { createLog } from "../log.ts";
import { CursorCodec } from "../operations/cursor.ts";
import { deriveKey } from "../operations/derive-key.ts";
import { newUuid } from "../operations/uuid.ts";
import { composeWebhooks } from "./compose-webhooks.ts";
import { insertEndpoint } from "./endpoint-store.ts";
import { newWebhookSecret, WebhookSecrets } from "./webhook-secret.ts";

/** Nobody looks by himself while these tests run. */
const neverMs = 3_600_000;
const secret = "a secret of these tests, 32 bytes or more";

let testDatabase: TestDatabase;
let database: Database & AsyncDisposable;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase(testDatabase.appUrl);
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await testDatabase[Symbol.asyncDispose]();
});

interface Setting {
  /** Of whoever writes, and of whoever delivers. */
  readonly buses: readonly [HintBus, HintBus];
  readonly answer?: Answer;
  readonly retryDelaysMs?: readonly number[];
  readonly pollMs?: number;
}

/** A tenant with an endpoint, and a worker that looked once, before there was anything to do. */
async function startWebhooks({ buses: [written, heard], answer, retryDelaysMs, pollMs = neverMs }: Setting) {
  const tenantId = await insertTenant(database);
  const receiver = await startReceiver(answer);
  const id = newUuid();
  const sealed = new WebhookSecrets(deriveKey(secret, "webhook-secret")).seal(newWebhookSecret(), {
    tenantId,
    endpointId: id,
  });
  const content = { url: receiver.url, description: "", eventTypes: [], document: null, scopes: [], isEnabled: true };
  const journal = new JournalService(database, written);
  const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: "test" } as const;
  await journal.transaction(scope, (session) =>
    insertEndpoint(session, { id, ...content, position: null, secret: sealed }),
  );
  const webhooks = composeWebhooks({
    database,
    journal: new JournalService(database, heard),
    hints: heard,
    cursors: new CursorCodec([deriveKey(secret, "cursor")], "test"),
    secret,
    log: createLog({ level: "silent" }),
    clock: systemClock,
    allowPrivate: true,
    retryDelaysMs,
    logDays: 30,
    pollMs,
    operations: () => {
      throw new Error("there are no documents");
    },
  });
  webhooks.start();
  return {
    receiver,
    append: () =>
      journal.transaction(scope, (transaction) => {
        transaction.record({ type: "lead.updated", subjectType: "Lead", subjectId: randomUUID(), data: {} });
        return Promise.resolve();
      }),
    async [Symbol.asyncDispose]() {
      await webhooks.stop();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

/** One bus for both, as in one process, or one for each, as in two. */
function openBuses(kind: string): readonly [HintBus, HintBus] {
  if (kind === "Redis") {
    const open = () => new RedisHints(testRedisUrl(), () => undefined);
    return [open(), open()];
  }
  const bus = new InProcessHints();
  return [bus, bus];
}

describe.each(["in process", "Redis"])("hints: %s", (kind) => {
  test("an entry is delivered when it is committed, without a look", async () => {
    const buses = openBuses(kind);
    await using webhooks = await startWebhooks({ buses });
    const { receiver, append } = webhooks;
    let sent = 0;
    // What is committed before the bus of a new process listens is found by its look, which doesn't come here.
    for (; receiver.received.length === 0; sent += 1) {
      await append();
      await sleep(200);
    }
    await receiver.arrived(sent);
    for (let count = 1; count <= 20; count += 1) {
      await append();
      await receiver.arrived(sent + count);
      await sleep(count); // sometimes while the last delivery is settled, sometimes after
    }
    await Promise.all(buses.map((bus) => bus.close()));
  }, 60_000);
});

test("a delivery that failed is sent again when it is due, without a look", async () => {
  let failures = 3;
  await using webhooks = await startWebhooks({
    buses: openBuses("in process"),
    retryDelaysMs: [0, 20, 200, 20, 20],
    answer: (_webhook, response) => void response.writeHead(failures-- > 0 ? 500 : 204).end(),
  });
  await webhooks.append();
  const received = await webhooks.receiver.arrived(4);
  expect(new Set(received.map(({ id }) => id)).size).toBe(1);
});

test("deliveries whose circuit opened go on when it closes", async () => {
  let failures = 10;
  await using webhooks = await startWebhooks({
    buses: openBuses("in process"),
    retryDelaysMs: [0, ...Array.from({ length: 11 }, () => 20), 600_000], // nobody gives it up before the last
    pollMs: 2_000, // what comes in the moment in which it closes may wait for the next look
    answer: (_webhook, response) => void response.writeHead(failures-- > 0 ? 500 : 204).end(),
  });
  await webhooks.append();
  await webhooks.receiver.arrived(11); // the eleventh is the probe, after the pause
  await webhooks.append();
  await webhooks.receiver.arrived(12);
});
