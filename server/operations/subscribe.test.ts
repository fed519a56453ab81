import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { WebSocket } from "ws";
import { startApp, type TestApp } from "../../test/app.ts";
import { appendEntries } from "../../test/append-entries.ts";
import { capture, entriesOf, eventually, follow, followJournal } from "../../test/live.ts";
import { startRedisServer } from "../../test/redis-server.ts";

async function place(app: TestApp): Promise<string> {
  return String((await app.graphql(`{ eventCursor }`)).data?.["eventCursor"]);
}

const positionsOf = (results: Parameters<typeof entriesOf>[0]) =>
  entriesOf(results).map(({ position }) => Number(position));

const contiguous = (positions: readonly number[]) => positions.map((_, index) => (positions[0] ?? 0) + index);

describe("a subscription", () => {
  test("hands over from replay to live without gap or duplicate while others write", async () => {
    await using app = await startApp();
    const { url, tenant } = app;
    const after = await place(app);
    await appendEntries(app, 1_200);
    const writing = Promise.all(Array.from({ length: 4 }, () => capture(app, 40)));
    const all: ReturnType<typeof follow>[] = [];
    for (let index = 0; index < 20; index += 1) {
      all.push(follow({ url, credential: tenant.secretKey, query: followJournal, variables: { after } }));
      await sleep(15);
    }
    await writing;
    for (const followed of all) {
      const positions = positionsOf(await followed.until(1_360));
      expect(positions).toEqual(contiguous(positions));
    }
    await sleep(200); // one that comes twice would come now
    expect(all.map(({ results }) => results.length)).toEqual(all.map(() => 1_360));
    await Promise.all(all.map((followed) => followed[Symbol.asyncDispose]()));
  }, 120_000);

  test("that is too far behind is told how much it missed, and goes on from there", async () => {
    await using app = await startApp({ env: { JOURNAL_REPLAY_LIMIT: "20" } });
    const { url, tenant } = app;
    const after = await place(app);
    await appendEntries(app, 30);
    const here = await place(app);
    await using followed = follow({ url, credential: tenant.secretKey, query: followJournal, variables: { after } });
    const [lagged] = await followed.until(1);
    expect(lagged?.data?.["journal"]).toEqual({ __typename: "Lagged", missed: 30, resumeAt: here });
    await capture(app, 1);
    const results = await followed.until(2);
    expect(results[1]?.extensions?.["previous"]).toBe(here);
    await using near = follow({ url, credential: tenant.secretKey, query: followJournal, variables: { after: here } });
    expect(positionsOf(await near.until(1))).toEqual(positionsOf(results.slice(1)));
  });

  test("costs bounded memory when its client doesn't read, catches up when it does, and ends when it never does", async () => {
    await using app = await startApp();
    const query = "subscription { journal { ... on JournalEntry { position data } } }";
    const open = async () => {
      const socket = new WebSocket(`${app.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
      const positions: number[] = [];
      let isLive = false;
      socket.on("error", () => undefined);
      socket.on("message", (text: Buffer) => {
        const message = JSON.parse(text.toString()) as {
          type: string;
          payload?: { data?: { journal: { position: number } } };
        };
        if (message.type === "connection_ack") {
          socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query } }));
        }
        if (message.type === "ping") isLive = true;
        if (message.type === "next") positions.push(Number(message.payload?.data?.journal.position));
      });
      socket.on("open", () =>
        socket.send(
          JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${app.tenant.secretKey}` } }),
        ),
      );
      await eventually(() => isLive, "the place");
      return { socket, positions };
    };
    const [slow, dead, fast] = [await open(), await open(), await open()];
    slow.socket.pause();
    dead.socket.pause();
    await appendEntries(app, 4_000, 10_000);
    await eventually(() => fast.positions.length === 4_000, "the fast one has all");
    expect(slow.positions.length).toBeLessThan(4_000);
    // 40 MB were sent; what the kernel's buffers didn't take waits in PostgreSQL.
    expect(app.nexora.liveCounts().unwrittenBytes).toBeLessThan(1_500_000);
    slow.socket.resume();
    await eventually(() => slow.positions.length === 4_000, "the slow one has caught up");
    expect(slow.positions).toEqual(contiguous(slow.positions));
    expect(fast.positions).toEqual(slow.positions);
    await capture(app, 1);
    await eventually(() => slow.positions.length === 4_001, "it is live again");
    await sleep(16_000);
    await eventually(() => app.nexora.liveCounts().sockets === 2, "the dead one was closed");
    for (const { socket } of [slow, dead, fast]) socket.terminate();
  }, 60_000);
});

describe("two processes on one database and one Redis", () => {
  test("tell each other at once, and within about a second while Redis is away", async () => {
    let redis = await startRedisServer();
    await using one = await startApp({ redisUrl: redis.url });
    await using two = await startApp({ redisUrl: redis.url, database: one.database, tenant: one.tenant });
    await using followed = follow({ url: two.url, credential: one.tenant.secretKey, query: followJournal });
    await followed.live();
    const latencyOf = async (count: number) => {
      await capture(one, 1);
      const startedAt = performance.now();
      await followed.until(count);
      return performance.now() - startedAt;
    };
    await latencyOf(1);
    expect(await latencyOf(2)).toBeLessThan(300);
    await redis.stop("SIGKILL");
    expect(await latencyOf(3)).toBeLessThan(3_000);
    expect(await latencyOf(4)).toBeLessThan(3_000);
    redis = await startRedisServer({ port: redis.port });
    await sleep(2_500);
    await latencyOf(5);
    expect(await latencyOf(6)).toBeLessThan(300);
    const positions = positionsOf(followed.results);
    expect(positions).toEqual(contiguous(positions));
    await one.stop();
    await two.stop();
    await redis.stop();
  });
});
