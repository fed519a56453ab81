import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, it } from "@jest/globals";
import type { TestTenant } from "./app.ts";
import { createTestDatabase } from "./database.ts";
import { eventsOf, sendEvents } from "./events.ts";
import { freePort } from "./free-port.ts";
import { buildServer, installation } from "./server-process.ts";
import { waitFor } from "./wait-for.ts";

beforeAll(buildServer, 120_000);

const kills = 2;
const senders = 8;
/** Answers between two kills: the next one finds everything at work again. */
const answersBetween = 60;
const patienceMs = 100_000;

it("loses no event that it has acknowledged and keeps none twice, whenever the server is killed", async () => {
  await using database = await createTestDatabase();
  await using home = await installation();
  const port = await freePort();
  const env = {
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
    NEXORA_SECRET: randomBytes(32).toString("hex"),
    PORT: String(port),
    LOG_LEVEL: "fatal",
  };
  let server = home.start(env);
  const url = await server.ready;
  const tenant = JSON.parse(await home.read("credentials.json")) as TestTenant;

  const acknowledged: string[] = [];
  let answers = 0;
  let isOver = false;
  const send = async () => {
    while (!isOver) {
      const ids = Array.from({ length: 5 }, () => randomUUID());
      const timestamp = new Date().toISOString();
      const batch = ids.map((messageId) => ({ type: "track", event: "E", messageId, timestamp }));
      // As the public clients do: until there is an answer, the same again. A server may take long to come back.
      for (const deadline = Date.now() + patienceMs; ; await sleep(20)) {
        const answer = await sendEvents({ url, tenant }, "/v1/batch", { batch }).catch(() => undefined);
        if (answer?.status === 200) {
          expect(await answer.json()).toEqual({ success: true, accepted: 5 });
          break;
        }
        if (Date.now() > deadline) throw new Error("no server answers any more");
      }
      acknowledged.push(...ids);
      answers += 1;
    }
  };
  const sending = Array.from({ length: senders }, send);
  for (let kill = 0; kill < kills; kill += 1) {
    const before = answers;
    await waitFor(() => answers >= before + answersBetween);
    server.signal("SIGKILL");
    await server.ended;
    server = home.start(env);
    await server.ready;
  }
  const before = answers;
  await waitFor(() => answers >= before + answersBetween);
  // Asked to stop it answers what it has taken in; nobody is left with a request that was written and not answered.
  server.signal("SIGTERM");
  expect((await server.ended).code).toBe(0);
  isOver = true;
  server = home.start(env);
  await server.ready;
  await Promise.all(sending);

  const stored = (await eventsOf(database.ownerUrl, tenant)).map(({ message_id }) => message_id);
  expect(stored.toSorted()).toEqual(acknowledged.toSorted());
}, 170_000);
