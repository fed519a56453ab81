import { type IncomingMessage, request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-sse";
import { startApp, type TestApp } from "../../test/app.ts";
import { appendEntries } from "../../test/append-entries.ts";
import { capture, type DeliveredEntry, eventually, followJournal } from "../../test/live.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

async function place(): Promise<string> {
  return String((await app.graphql(`{ eventCursor }`)).data?.["eventCursor"]);
}

/** Reads a stream as it is on the wire. */
async function openStream(body: object, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  const response = await fetch(`${app.url}/graphql/stream`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      authorization: `Bearer ${app.tenant.secretKey}`,
      ...headers,
    },
    body: JSON.stringify(body),
    signal: abort.signal,
  });
  let text = "";
  const read = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk as Uint8Array, { stream: true });
  })().catch(() => undefined);
  return {
    response,
    text: () => text,
    count: (event: string) => text.split(`event: ${event}\n`).length - 1,
    close: async () => {
      abort.abort();
      await read;
    },
    ended: read,
  };
}

describe("a subscription over server-sent events", () => {
  test("reaches graphql-sse's client: replay, then live", async () => {
    const after = await place();
    await capture(app, 3);
    const client = createClient({
      url: `${app.url}/graphql/stream`,
      headers: { authorization: `Bearer ${app.tenant.secretKey}` },
      retryAttempts: 0,
    });
    const positions: number[] = [];
    const entries = client.iterate<{ journal: DeliveredEntry }>({ query: followJournal, variables: { after } });
    for await (const { data } of entries) {
      positions.push(Number(data?.journal.position));
      if (positions.length === 3) await capture(app, 2);
      if (positions.length === 5) break;
    }
    expect(positions).toEqual(positions.map((_, index) => (positions[0] ?? 0) + index));
    client.dispose();
    await eventually(() => app.nexora.liveCounts().streams === 0, "the stream's end");
    expect(app.nexora.liveCounts().groups).toBe(0);
  });

  test("goes on after Last-Event-ID, which each event and each quiet place gives", async () => {
    const stream = await openStream({ query: followJournal });
    await eventually(() => stream.text().includes("id: "), "the place");
    expect(stream.text()).toContain(`id: ${await place()}\n\n`);
    await capture(app, 1);
    await eventually(() => stream.count("next") === 1, "the entry");
    const lastEventId = /event: next\nid: (\S+)\n/.exec(stream.text())?.[1] ?? "";
    await stream.close();
    await capture(app, 2);
    const resumed = await openStream({ query: followJournal }, { "last-event-id": lastEventId });
    await eventually(() => resumed.count("next") === 2, "what was missed");
    await resumed.close();
  });

  test("works for a GET with the operation in the query string", async () => {
    const search = new URLSearchParams({ query: followJournal, variables: JSON.stringify({ after: await place() }) });
    await capture(app, 1);
    const abort = new AbortController();
    const response = await fetch(`${app.url}/graphql/stream?${String(search)}`, {
      headers: { accept: "text/event-stream", authorization: `Bearer ${app.tenant.secretKey}` },
      signal: abort.signal,
    });
    let text = "";
    for await (const chunk of response.body ?? []) {
      text += new TextDecoder().decode(chunk as Uint8Array);
      if (text.includes("event: next")) break;
    }
    abort.abort();
    expect(text).toContain("lead.captured");
  });
});

/** A stream whose client can stop reading, which fetch can't. */
async function openPausableStream({ url, tenant }: TestApp, headers: Record<string, string> = {}) {
  const query = "subscription { journal { ... on JournalEntry { position data } } }";
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest(`${url}/graphql/stream`, {
      method: "POST",
      agent: false,
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        authorization: `Bearer ${tenant.secretKey}`,
        ...headers,
      },
    });
    request.once("response", resolve);
    request.once("error", reject);
    request.end(JSON.stringify({ query }));
  });
  const positions: number[] = [];
  const stream = { response, positions, lastEventId: "", isCut: false };
  let rest = "";
  response.setEncoding("utf8");
  response.on("data", (chunk: string) => {
    const events = (rest + chunk).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      stream.lastEventId = /^id: (.*)$/m.exec(event)?.[1] ?? stream.lastEventId;
      const position = /"position":"?(\d+)/.exec(event)?.[1];
      if (position !== undefined) positions.push(Number(position));
    }
  });
  response.once("error", () => (stream.isCut = true));
  await eventually(() => stream.lastEventId !== "", "the place");
  return stream;
}

describe("a stream whose client doesn't read", () => {
  test("costs bounded memory, catches up when it does, and is cut when it never does", async () => {
    await using own = await startApp();
    const [slow, dead, fast] = [
      await openPausableStream(own),
      await openPausableStream(own),
      await openPausableStream(own),
    ];
    slow.response.pause();
    dead.response.pause();
    await appendEntries(own, 4_000, 10_000);
    await eventually(() => fast.positions.length === 4_000, "the fast one has all", 40_000);
    expect(slow.positions.length).toBeLessThan(4_000);
    // Once by the group, once for those who fell back to replay: what is executed is also sent.
    expect(own.nexora.liveCounts().executions).toBeLessThan(3 * 4_000);
    // 40 MB were sent; what the kernel's buffers didn't take waits in PostgreSQL.
    expect(own.nexora.liveCounts().unwrittenBytes).toBeGreaterThan(0);
    expect(own.nexora.liveCounts().unwrittenBytes).toBeLessThan(1_500_000);
    slow.response.resume();
    await eventually(() => slow.positions.length === 4_000, "the slow one has caught up", 40_000);
    expect(slow.positions).toEqual(fast.positions);
    await capture(own, 1);
    await eventually(() => slow.positions.length === 4_001, "it is live again");
    await eventually(() => own.nexora.liveCounts().streams === 2, "the dead one was cut", 40_000);
    dead.response.resume();
    await eventually(() => dead.isCut, "it learns of it");
    // It goes on where it was, as a client of Last-Event-ID does by itself.
    const resumed = await openPausableStream(own, { "last-event-id": dead.lastEventId });
    await eventually(() => dead.positions.length + resumed.positions.length === 4_001, "the rest");
    expect([...dead.positions, ...resumed.positions]).toEqual(slow.positions);
    for (const { response } of [slow, fast, resumed]) response.destroy();
  }, 170_000);
});

describe("an event stream", () => {
  test("carries a query: its result, then complete", async () => {
    const stream = await openStream({ query: "{ journal(first: 1) { nodes { position } } }" });
    await stream.ended;
    expect(stream.response.headers.get("content-type")).toContain("text/event-stream");
    expect(stream.text()).toMatch(/event: next\ndata: \{"data":\{"journal".*\n\nevent: complete\ndata:\n\n$/);
  });

  test.each([
    ["no credential", { authorization: "" }, { query: followJournal }, 401, "UNAUTHENTICATED"],
    ["a wrong credential", { authorization: "Bearer nx_live_wrong" }, { query: followJournal }, 401, "UNAUTHENTICATED"],
    ["a syntax error", {}, { query: "subscription {" }, 400, "BAD_USER_INPUT"],
    ["no query", {}, {}, 400, "BAD_USER_INPUT"],
    ["an array", {}, [{ query: followJournal }], 400, "BAD_USER_INPUT"],
    ["a cursor that nobody handed out", {}, { query: followJournal, variables: { after: "x" } }, 200, "BAD_CURSOR"],
    ["another media type", { accept: "text/html" }, { query: followJournal }, 400, "BAD_USER_INPUT"],
  ])("is refused before it begins with %s", async (_what, headers, body, status, code) => {
    const { response, text, ended } = await openStream(body, headers as Record<string, string>);
    await ended;
    expect(response.status).toBe(status);
    expect(JSON.parse(text())).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  test("is refused to a publishable key", async () => {
    const { response, text, ended } = await openStream(
      { query: followJournal },
      { authorization: `Bearer ${app.tenant.publishableKey}` },
    );
    await ended;
    expect(response.status).toBe(403);
    expect(JSON.parse(text())).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
  });
});
