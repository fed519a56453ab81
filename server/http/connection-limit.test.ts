import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startApp, type TestApp } from "../../test/app.ts";
import { capture, eventually, follow, followJournal } from "../../test/live.ts";
import { RawSocket } from "../../test/raw-socket.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ env: { CONNECTIONS_PER_CALLER: "5" } });
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

async function openStream(credential: string) {
  const abort = new AbortController();
  const response = await fetch(`${app.url}/graphql/stream`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      authorization: `Bearer ${credential}`,
    },
    body: JSON.stringify({ query: followJournal }),
    signal: abort.signal,
  });
  return { response, close: () => abort.abort() };
}

describe("a caller with many connections", () => {
  test("is refused the next socket and the next stream, until one has ended; others aren't", async () => {
    const { secretKey } = app.tenant;
    const sockets = await Promise.all(Array.from({ length: 3 }, () => RawSocket.ready(app.url, secretKey)));
    const streams = [await openStream(secretKey), await openStream(secretKey)];
    expect(streams.map(({ response }) => response.status)).toEqual([200, 200]);

    const socket = await RawSocket.open(app.url);
    socket.send({ type: "connection_init", payload: { authorization: `Bearer ${secretKey}` } });
    expect(await socket.closed).toEqual({ code: 1013, reason: "Too many connections" });
    const { response } = await openStream(secretKey);
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: "RATE_LIMITED", reason: "CONNECTIONS", retryAfterMs: 5_000 } }],
    });

    await using other = follow({
      url: app.url,
      credential: (await app.createTenant()).secretKey,
      query: followJournal,
    });
    await other.live();
    expect((await app.graphql("{ viewer { tenant { id } } }")).status).toBe(200);

    streams[0]?.close();
    await eventually(() => app.nexora.liveCounts().streams === 1, "the stream's end");
    await using again = await RawSocket.ready(app.url, secretKey);
    sockets[0]?.socket.close();
    await sockets[0]?.closed;
    const instead = await openStream(secretKey);
    expect(instead.response.status).toBe(200);
    expect(again.isOpen).toBe(true);
    for (const each of [streams[1], instead]) each?.close();
    for (const each of sockets) each.socket.terminate();
    await eventually(() => app.nexora.liveCounts().streams === 0, "no stream left");
  });

  test("isn't counted for what was refused", async () => {
    for (let count = 0; count < 10; count += 1) {
      const response = await fetch(`${app.url}/graphql/stream`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "text/event-stream",
          authorization: `Bearer ${app.tenant.secretKey}`,
        },
        body: JSON.stringify({ query: followJournal, variables: { after: "nobody handed it out" } }),
      });
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_CURSOR" } }] });
    }
  });
});

describe("a socket with many operations", () => {
  test("carries 100 at a time; the next one is refused, the others go on, and an ended one makes room", async () => {
    await using raw = await RawSocket.ready(app.url, app.tenant.secretKey);
    for (let index = 1; index <= 101; index += 1) raw.subscribe(String(index), followJournal);
    await eventually(() => raw.typesOf("101").includes("error"), "the refusal");
    expect(raw.of("101")).toMatchObject([
      { type: "error", payload: [{ extensions: { code: "RATE_LIMITED", reason: "OPERATIONS" } }] },
    ]);
    await capture(app, 1);
    await eventually(() => raw.messages.filter(({ type }) => type === "next").length === 100, "each gets the entry");
    raw.send({ id: "50", type: "complete" });
    raw.send({ type: "ping" });
    await eventually(() => raw.messages.some(({ type }) => type === "pong"), "the pong: the end was seen");
    raw.subscribe("102", "{ viewer { tenant { id } } }");
    await eventually(() => raw.typesOf("102").includes("complete"), "the answer");
    expect(raw.typesOf("102")).toEqual(["next", "complete"]);
  });
});
