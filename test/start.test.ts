import { once } from "node:events";
import { stat, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { createTestDatabase } from "./database.ts";
import { testRedisUrl } from "./redis.ts";
import { buildServer, installation, readPostmasterPid } from "./server-process.ts";

// 10 s and 3 s on two free cores. Here other tests run beside it: what these find is a start that waits for a time-out.
const firstStartLimitMs = 40_000;
const laterStartLimitMs = 20_000;

beforeAll(buildServer);

async function timed<T>(work: Promise<T>): Promise<{ value: T; tookMs: number }> {
  const start = performance.now();
  const value = await work;
  return { value, tookMs: performance.now() - start };
}

async function askOverHttp(url: string, key: string, query: string): Promise<unknown> {
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ query }),
  });
  return answer.json();
}

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 10_000; !(await condition()); await sleep(20)) {
    if (Date.now() > deadline) throw new Error("it didn't happen in 10 s");
  }
}

interface KeptCredentials {
  url: string;
  tenantId: string;
  ownerEmail: string;
  ownerPassword: string;
  secretKey: string;
  publishableKey: string;
}

describe("npm start", () => {
  it("makes everything on the first start, and finds it again on the next", async () => {
    await using nexora = await installation();
    const first = nexora.start();
    const { value: url, tookMs } = await timed(first.ready);
    expect(tookMs).toBeLessThan(firstStartLimitMs);

    const kept = JSON.parse(await nexora.read("credentials.json")) as KeptCredentials;
    expect(kept).toEqual({
      url,
      tenantId: expect.stringMatching(/^tenant_/),
      ownerEmail: expect.stringContaining("@"),
      ownerPassword: expect.stringMatching(/^.{16,}$/),
      secretKey: expect.stringMatching(/^nx_live_/),
      publishableKey: expect.stringMatching(/^pk_/),
    });
    for (const file of ["credentials.json", "secret", "postgres.json", "postgres.log"]) {
      expect([file, (await stat(join(nexora.dataDirectory, file))).mode & 0o777]).toEqual([file, 0o600]);
    }
    expect(first.output()).toContain(kept.ownerPassword);
    expect(first.output()).toMatch(/PostgreSQL +embedded/);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);

    first.signal("SIGTERM");
    expect((await first.ended).code).toBe(0);
    expect(first.output()).not.toContain("administrator command"); // whoever asked for the stop needs no warning
    expect(await readPostmasterPid(nexora.dataDirectory)).toBeUndefined();

    const second = nexora.start();
    const later = await timed(second.ready);
    expect(later.tookMs).toBeLessThan(laterStartLimitMs);
    expect(second.output()).not.toContain(kept.ownerPassword);
    expect(JSON.parse(await nexora.read("credentials.json"))).toEqual({ ...kept, url: later.value });
    const answer = await askOverHttp(later.value, kept.secretKey, "{ __typename }");
    expect(answer).toMatchObject({ data: { __typename: "Query" } });
  }, 120_000);

  it("recovers after kill -9 of the server alone, and of the whole tree", async () => {
    await using nexora = await installation();
    const first = nexora.start();
    await first.ready;
    first.signal("SIGKILL");
    await first.ended;
    expect(await readPostmasterPid(nexora.dataDirectory)).toBeGreaterThan(0); // it goes on alone

    const second = nexora.start();
    expect((await timed(second.ready)).tookMs).toBeLessThan(laterStartLimitMs);
    const postmaster = await readPostmasterPid(nexora.dataDirectory);
    if (postmaster === undefined) throw new Error("PostgreSQL has no postmaster.pid");
    second.signal("SIGKILL");
    process.kill(postmaster, "SIGKILL");
    await second.ended;

    const third = nexora.start();
    const url = await third.ready;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  }, 120_000);

  it("refuses a second process on the same data folder, and leaves the first alone", async () => {
    await using nexora = await installation();
    const first = nexora.start();
    const url = await first.ready;
    const second = await nexora.start().ended;
    expect(second).toMatchObject({ code: 1, stdout: "" });
    expect(second.stderr).toBe(
      `nexora: Nexora is already running on the data folder ${nexora.dataDirectory} (pid ${first.pid})\n`,
    );
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  }, 120_000);

  it("finishes a running operation before it stops", async () => {
    await using nexora = await installation();
    const server = nexora.start();
    const url = await server.ready;
    const { secretKey } = JSON.parse(await nexora.read("credentials.json")) as KeptCredentials;
    const { port, ownerPassword } = JSON.parse(await nexora.read("postgres.json")) as Record<string, string>;
    const client = new pg.Client({
      connectionString: `postgres://nexora_owner:${ownerPassword}@127.0.0.1:${port}/nexora`,
    });
    client.on("error", () => undefined); // the server stops PostgreSQL, and so ends our session
    await client.connect();
    try {
      await client.query("BEGIN; LOCK TABLE lead IN ACCESS EXCLUSIVE MODE");
      const answer = askOverHttp(url, secretKey, "{ leads(first: 1) { nodes { id } } }");
      await waitUntil(async () => (await client.query("SELECT FROM pg_locks WHERE NOT granted")).rowCount !== 0);
      server.signal("SIGTERM");
      await waitUntil(() => Promise.resolve(server.output().includes("running operations are finished first")));
      await client.query("ROLLBACK");
      expect(await answer).toMatchObject({ data: { leads: { nodes: [] } } });
    } finally {
      await client.end();
    }
    expect((await server.ended).code).toBe(0);
  }, 120_000);

  it("ends when its PostgreSQL ends", async () => {
    await using nexora = await installation();
    const server = nexora.start();
    await server.ready;
    const postmaster = await readPostmasterPid(nexora.dataDirectory);
    process.kill(postmaster ?? 0, "SIGQUIT");
    expect((await server.ended).code).toBe(1);
    expect(server.output()).toContain("the embedded PostgreSQL has ended");
  }, 120_000);

  it("stops in the middle of a start without leaving PostgreSQL behind", async () => {
    await using nexora = await installation();
    const server = nexora.start();
    while ((await readPostmasterPid(nexora.dataDirectory)) === undefined) await sleep(5);
    server.signal("SIGINT");
    const { code, stderr } = await server.ended;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(await readPostmasterPid(nexora.dataDirectory)).toBeUndefined();
  }, 120_000);

  it("runs on a real PostgreSQL and Redis, and says so", async () => {
    await using database = await createTestDatabase();
    await using nexora = await installation();
    const server = nexora.start({
      DATABASE_URL: database.ownerUrl,
      DATABASE_APP_URL: database.appUrl,
      REDIS_URL: testRedisUrl(),
    });
    const url = await server.ready;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(server.output()).toMatch(/PostgreSQL +127\.0\.0\.1:\d+\/test_\w+ \(real server, 18/);
    expect(server.output()).toMatch(/Live events +Redis, .+ \(real server, /);
    server.signal("SIGINT");
    expect((await server.ended).code).toBe(0);
  }, 120_000);

  it("needs no second login for a real PostgreSQL: it gives up the owner's rights", async () => {
    await using database = await createTestDatabase();
    await using nexora = await installation();
    const server = nexora.start({ DATABASE_URL: database.ownerUrl });
    const url = await server.ready;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    server.signal("SIGTERM");
    expect((await server.ended).code).toBe(0);
  }, 120_000);
});

describe("npm start says in one line why it can't", () => {
  async function refusal(env: Readonly<Record<string, string>>): Promise<string> {
    await using nexora = await installation();
    const { code, stderr } = await nexora.start(env).ended;
    expect(code).toBe(1);
    expect(stderr).not.toMatch(/^\s+at /m);
    return stderr;
  }

  const closedPort = "127.0.0.1:1";

  it("a bad variable, one line each", async () => {
    expect(await refusal({ PORT: "http", LOG_LEVEL: "loud" })).toBe(
      "nexora: PORT must be a whole number\n" +
        "nexora: LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent\n",
    );
  });

  it("a taken port", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo; // a TCP server that listens has one
    try {
      expect(await refusal({ PORT: String(port) })).toBe(
        `nexora: port ${port} is taken by another program: stop it, or set PORT to another number\n`,
      );
    } finally {
      other.close();
    }
  }, 120_000);

  it("a PostgreSQL that can't be reached", async () => {
    expect(await refusal({ DATABASE_URL: `postgres://nexora:hunter2@${closedPort}/nexora` })).toBe(
      `nexora: DATABASE_URL: PostgreSQL at ${closedPort}/nexora can't be reached: nothing listens there\n`,
    );
  });

  it("a wrong password of PostgreSQL", async () => {
    await using database = await createTestDatabase();
    const url = new URL(database.ownerUrl);
    url.password = "hunter2";
    expect(await refusal({ DATABASE_URL: url.href })).toBe(
      `nexora: DATABASE_URL: PostgreSQL at ${url.host}${url.pathname} refuses the login of user "${url.username}": ` +
        "check the user and the password\n",
    );
  });

  it("a database that doesn't exist", async () => {
    await using database = await createTestDatabase();
    const url = new URL(database.ownerUrl);
    url.pathname = "/nowhere";
    expect(await refusal({ DATABASE_URL: url.href })).toBe(
      `nexora: DATABASE_URL: PostgreSQL at ${url.host}/nowhere has no such database: create it first\n`,
    );
  });

  it("a Redis that can't be reached", async () => {
    expect(await refusal({ REDIS_URL: `redis://:hunter2@${closedPort}` })).toBe(
      `nexora: REDIS_URL: Redis at ${closedPort} can't be reached: nothing listens there\n`,
    );
  }, 120_000);

  it("a data folder that is a file", async () => {
    await using nexora = await installation();
    const file = `${nexora.dataDirectory}-file`;
    await writeFile(file, "");
    expect(await refusal({ NEXORA_DATA: file })).toMatch(/^nexora: the data folder .+ can't be written by .+\n$/);
  });

  it("a data folder where none can be made", async () => {
    expect(await refusal({ NEXORA_DATA: "/proc/nexora" })).toMatch(/^nexora: the data folder .+ can't be written.+\n$/);
  });
});
