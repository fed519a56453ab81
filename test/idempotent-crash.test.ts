import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { type GraphQLAnswer, type TestTenant } from "./app.ts";
import { createTestDatabase } from "./database.ts";
import { holdCommits } from "./held-commits.ts";
import { codesOf, replayOf, sendKeyed } from "./keyed-request.ts";
import { buildServer, installation, type ServerProcess } from "./server-process.ts";

beforeAll(buildServer);

const query = `mutation ($input: CaptureLeadInput!) {
  captureLead(input: $input) { lead { id version } userErrors { code } }
}`;

/** A real server process that can be killed, on a database that stays. */
async function startStage() {
  const database = await createTestDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  owner.on("error", () => undefined); // a statement of the test reports it
  await owner.connect();
  const home = await installation();
  const env = {
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
    NEXORA_SECRET: randomBytes(32).toString("hex"),
    LOG_LEVEL: "error",
  };
  let server: ServerProcess = home.start(env);
  let url = await server.ready;
  const tenant = JSON.parse(await home.read("credentials.json")) as TestTenant;
  return {
    ownerUrl: database.ownerUrl,
    server: () => server,
    send: (key: string, email: string) => sendKeyed({ url, tenant }, { query, key, variables: { input: { email } } }),
    async restart() {
      await server.ended;
      server = home.start(env);
      url = await server.ready;
    },
    /** How often the effect is there: the person's lead, and the journal's word of it. */
    async effects(email: string) {
      const { rows } = await owner.query<{ leads: string; entries: string }>(
        `SELECT (SELECT count(*) FROM lead WHERE email = $1) AS leads,
           (SELECT count(*) FROM journal_entry WHERE personal ->> 'email' = $1) AS entries`,
        [email],
      );
      return { leads: Number(rows[0]?.leads), entries: Number(rows[0]?.entries) };
    },
    async [Symbol.asyncDispose]() {
      await home[Symbol.asyncDispose]();
      await owner.end();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await condition()); await sleep(10)) {
    if (Date.now() > deadline) throw new Error(`no ${what}`);
  }
}

const once = { leads: 1, entries: 1 };

describe("kill -9 of the server", () => {
  it("between effect and answer: the request that is sent again has one effect", async () => {
    await using stage = await startStage();
    const [key, email] = [randomUUID(), `${randomUUID()}@example.com`];
    await using commits = await holdCommits(stage.ownerUrl);
    const lost = stage.send(key, email).catch(() => "no answer");
    await commits.waiting();
    stage.server().signal("SIGSTOP"); // it won't learn that the transaction committed
    await commits.release();
    await until(async () => (await stage.effects(email)).leads === 1, "effect");
    stage.server().signal("SIGKILL");
    expect(await lost).toBe("no answer");
    await stage.restart();
    const again = await stage.send(key, email);
    expect(again.data).toMatchObject({ captureLead: { lead: { version: 1 }, userErrors: [] } });
    expect(replayOf(again)).toEqual({ replayed: true });
    expect(await stage.effects(email)).toEqual(once);
  }, 120_000);

  it("while it runs: PostgreSQL ends the transaction alone, and until then it counts as running", async () => {
    await using stage = await startStage();
    const [key, email] = [randomUUID(), `${randomUUID()}@example.com`];
    await using commits = await holdCommits(stage.ownerUrl);
    const lost = stage.send(key, email).catch(() => "no answer");
    await commits.waiting();
    stage.server().signal("SIGKILL");
    expect(await lost).toBe("no answer");
    await stage.restart();
    expect(codesOf(await stage.send(key, email))).toEqual(["IDEMPOTENCY_CONCURRENT_REQUEST"]);
    await commits.release();
    await until(async () => codesOf(await stage.send(key, email)).length === 0, "result");
    expect(replayOf(await stage.send(key, email))).toEqual({ replayed: true });
    expect(await stage.effects(email)).toEqual(once);
  }, 120_000);

  it("at any moment: the request that is sent until it is answered has one effect", async () => {
    await using stage = await startStage();
    await stage.send(randomUUID(), "first@example.com");
    for (const delayMs of [0, 4, 8]) {
      const [key, email] = [randomUUID(), `${randomUUID()}@example.com`];
      const lost = stage.send(key, email).catch(() => undefined);
      await sleep(delayMs);
      stage.server().signal("SIGKILL");
      const first = await lost;
      await stage.restart();
      let answer: GraphQLAnswer | undefined;
      await until(async () => codesOf((answer = await stage.send(key, email))).length === 0, "answer");
      expect(await stage.effects(email)).toEqual(once);
      if (first !== undefined) expect(answer?.data).toEqual(first.data);
    }
  }, 120_000);
});
