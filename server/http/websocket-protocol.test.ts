import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startApp, type TestApp } from "../../test/app.ts";
import { capture, eventually, followJournal } from "../../test/live.ts";
import { RawSocket } from "../../test/raw-socket.ts";

// graphql-transport-ws, told by its text alone (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md).

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const ready = () => RawSocket.ready(app.url, app.tenant.secretKey);
const dataOf = ({ payload }: { payload?: unknown }) => (payload as { data: unknown }).data;
const codeOf = ({ payload }: { payload?: unknown }) =>
  (payload as { extensions: { code: string; reason?: string } }[])[0]?.extensions;

describe("opening a connection", () => {
  test.each([
    ["no subprotocol", []],
    ["another one beside no known one", ["mqtt"]],
    ["the older protocol of subscriptions-transport-ws", ["graphql-ws"]],
  ])("takes the subprotocol graphql-transport-ws and no other: %s", async (_name, protocols) => {
    const raw = await RawSocket.open(app.url, protocols);
    const { code } = await raw.closed;
    // A client that offered something else may fail by itself before it reads why.
    expect(protocols.length === 0 ? [4406] : [4406, 1006]).toContain(code);
    expect(raw.messages).toEqual([]);
  });

  test("picks graphql-transport-ws from several subprotocols", async () => {
    await using raw = await RawSocket.open(app.url, ["mqtt", "graphql-transport-ws"]);
    expect(raw.socket.protocol).toBe("graphql-transport-ws");
  });

  test("acknowledges once, with nothing before it", async () => {
    await using raw = await ready();
    raw.subscribe("1", "{ __typename }");
    await raw.end("1");
    expect(raw.messages.map(({ type }) => type)).toEqual(["connection_ack", "next", "complete"]);
  });

  test("closes with 4408 when connection_init doesn't come", async () => {
    const raw = await RawSocket.open(app.url);
    const startedAt = Date.now();
    expect((await raw.closed).code).toBe(4408);
    expect(Date.now() - startedAt).toBeGreaterThan(4_000);
  }, 15_000);

  test("closes with 4429 at a second connection_init, also before the first is acknowledged", async () => {
    const late = await ready();
    late.send({ type: "connection_init" });
    expect((await late.closed).code).toBe(4429);
    const early = await RawSocket.open(app.url);
    for (let time = 0; time < 2; time += 1) early.send({ type: "connection_init" });
    expect((await early.closed).code).toBe(4429);
  });

  test.each([
    ["none", undefined],
    ["one that isn't a text", { authorization: 1 }],
    ["nonsense", { authorization: "Bearer nonsense" }],
    ["another scheme", { authorization: "Basic YTpi" }],
    ["a key that was never handed out", { authorization: `Bearer nx_live_${"0".repeat(60)}` }],
  ])("closes with 4401 at a credential that isn't one: %s", async (_name, payload) => {
    const raw = await RawSocket.open(app.url);
    raw.send({ type: "connection_init", ...(payload === undefined ? {} : { payload }) });
    expect((await raw.closed).code).toBe(4401);
    expect(raw.messages).toEqual([]);
  });

  test("closes with 4401 at an operation before the acknowledgement", async () => {
    const raw = await RawSocket.open(app.url);
    raw.subscribe("1", "{ __typename }");
    expect((await raw.closed).code).toBe(4401);
  });
});

describe("a message", () => {
  const broken: readonly (readonly [name: string, message: string])[] = [
    ["no JSON", "{"],
    ["empty", ""],
    ["a text", '"subscribe"'],
    ["a list", "[]"],
    ["null", "null"],
    ["no type", "{}"],
    ["an unknown type", '{"type":"start"}'],
    ["a message that only servers send", '{"type":"next","id":"1","payload":{}}'],
    ["no id", '{"type":"subscribe","payload":{"query":"{ __typename }"}}'],
    ["an empty id", '{"type":"subscribe","id":"","payload":{"query":"{ __typename }"}}'],
    ["an id that is no text", '{"type":"subscribe","id":1,"payload":{"query":"{ __typename }"}}'],
    ["no payload", '{"type":"subscribe","id":"1"}'],
    ["no query", '{"type":"subscribe","id":"1","payload":{}}'],
    ["a query that is no text", '{"type":"subscribe","id":"1","payload":{"query":1}}'],
    ["variables that are no object", '{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":1}}'],
    [
      "an operation name that is no text",
      '{"type":"subscribe","id":"1","payload":{"query":"{ a }","operationName":1}}',
    ],
    ["extensions that are no object", '{"type":"subscribe","id":"1","payload":{"query":"{ a }","extensions":"b"}}'],
    ["a payload of a ping that is no object", '{"type":"ping","payload":"now"}'],
    ["a completion without an id", '{"type":"complete"}'],
  ];
  test.each(broken)("that isn't one of the protocol's closes with 4400: %s", async (_name, message) => {
    const raw = await ready();
    raw.socket.send(message);
    expect((await raw.closed).code).toBe(4400);
  });

  test("in a binary frame is read like a text", async () => {
    await using good = await ready();
    good.socket.send(Buffer.from(JSON.stringify({ type: "ping" })), { binary: true });
    await good.until("pong");
    const bad = await ready();
    bad.socket.send(Buffer.from([0, 1, 2, 255]), { binary: true });
    expect((await bad.closed).code).toBe(4400);
  });

  test("in several frames is one message", async () => {
    await using raw = await ready();
    raw.socket.send('{"type":', { fin: false });
    raw.socket.send('"ping"}', { fin: true });
    await raw.until("pong");
  });

  test("of more than 256 kB closes with 1009, also in pieces", async () => {
    const whole = await ready();
    whole.subscribe("1", `{ __typename } # ${"x".repeat(262_144)}`);
    expect((await whole.closed).code).toBe(1009);
    const pieces = await ready();
    for (let piece = 0; piece < 5; piece += 1) pieces.socket.send("x".repeat(60_000), { fin: false });
    expect((await pieces.closed).code).toBe(1009);
  });

  test("just below 256 kB is answered", async () => {
    await using raw = await ready();
    raw.subscribe("1", `{ __typename } # ${"x".repeat(260_000)}`);
    await raw.end("1");
    expect(raw.typesOf("1")).toEqual(["next", "complete"]);
  });
});

describe("a ping", () => {
  test("is answered by a pong with the same payload, at any time", async () => {
    await using raw = await RawSocket.open(app.url);
    raw.send({ type: "ping", payload: { early: true } });
    expect(await raw.until("pong")).toEqual({ type: "pong", payload: { early: true } });
    await using other = await ready();
    other.send({ type: "ping" });
    expect(await other.until("pong")).toEqual({ type: "pong" });
  });

  test("of WebSocket itself is answered, too", async () => {
    await using raw = await ready();
    const answered = new Promise((resolve) => raw.socket.once("pong", resolve));
    raw.socket.ping("data");
    expect(String(await answered)).toBe("data");
  });

  test("isn't needed for a pong", async () => {
    await using raw = await ready();
    raw.send({ type: "pong" });
    raw.send({ type: "pong", payload: { any: "thing" } });
    raw.send({ type: "ping" });
    await raw.until("pong");
  });
});

describe("operations", () => {
  test("end with complete and give their ids free", async () => {
    await using raw = await ready();
    for (let time = 1; time <= 3; time += 1) {
      raw.subscribe("again", "{ __typename }");
      await eventually(() => raw.of("again").filter(({ type }) => type === "complete").length === time, "the end");
    }
    expect(raw.typesOf("again")).toEqual(["next", "complete", "next", "complete", "next", "complete"]);
  });

  test("that are running close the connection with 4409 when their id is used again", async () => {
    const raw = await ready();
    raw.subscribe("same", followJournal);
    await raw.until("ping");
    raw.subscribe("same", "{ __typename }");
    expect(await raw.closed).toEqual({ code: 4409, reason: "Subscriber for same already exists" });
    const atOnce = await ready();
    for (let time = 0; time < 2; time += 1) atOnce.subscribe("same", "{ viewer { permissions } }");
    expect((await atOnce.closed).code).toBe(4409);
  });

  test("of many ids run side by side, each with its own answer", async () => {
    await using raw = await ready();
    const ids = Array.from({ length: 50 }, (_, index) => `id-${index}`);
    raw.subscribe("feed", followJournal);
    await raw.until("ping");
    for (const id of ids) raw.subscribe(id, "query ($id: ID!) { a: __typename node(id: $id) { id } }", { id });
    await capture(app, 2);
    for (const id of ids) {
      const messages = await raw.end(id);
      expect(messages.map(({ type }) => type)).toEqual(["next", "complete"]);
      expect(messages[0] && dataOf(messages[0])).toEqual({ a: "Query", node: null });
    }
    await eventually(() => raw.of("feed").length === 2, "the feed's messages");
    expect(raw.typesOf("feed")).toEqual(["next", "next"]);
    expect(raw.isOpen).toBe(true);
  });

  test("that the client completes bring nothing more, and give their ids free", async () => {
    await using raw = await ready();
    raw.subscribe("1", followJournal);
    await raw.until("ping");
    raw.send({ id: "1", type: "complete" });
    await capture(app, 2);
    raw.subscribe("1", "{ __typename }");
    await raw.end("1");
    expect(raw.typesOf("1")).toEqual(["next", "complete"]);
    // A query whose answer nobody wants any more: either it came before, or it never comes.
    raw.subscribe("2", "{ leads { nodes { id } } }");
    raw.send({ id: "2", type: "complete" });
    raw.send({ type: "ping" });
    await raw.until("pong");
    await sleep(200);
    expect([[], ["next"], ["next", "complete"]]).toContainEqual(raw.typesOf("2"));
  });

  test("that were never begun can be completed without harm", async () => {
    await using raw = await ready();
    raw.send({ id: "never", type: "complete" });
    raw.subscribe("1", "{ __typename }");
    expect((await raw.end("1")).at(-1)?.type).toBe("complete");
  });

  test("beyond a hundred at a time are refused one by one", async () => {
    await using raw = await ready();
    for (let index = 0; index < 101; index += 1) raw.subscribe(`feed-${index}`, followJournal);
    const refused = await raw.until("error");
    expect(codeOf(refused)).toMatchObject({ code: "RATE_LIMITED", reason: "OPERATIONS" });
    raw.send({ id: "feed-0", type: "complete" });
    raw.send({ type: "ping" });
    await raw.until("pong");
    raw.subscribe("one more", "{ __typename }");
    expect((await raw.end("one more")).map(({ type }) => type)).toEqual(["next", "complete"]);
  });

  test("go on when others fail", async () => {
    await using raw = await ready();
    raw.subscribe("feed", followJournal);
    await raw.until("ping");
    for (const [id, query] of [
      ["syntax", "{"],
      ["field", "{ nope }"],
      ["cursor", '{ journal(after: "x") { nodes { id } } }'],
    ] as const) {
      raw.subscribe(id, query);
      await raw.end(id);
    }
    await capture(app, 1);
    await raw.until("next", "feed");
  });
});

describe("an error", () => {
  const refused: readonly (readonly [name: string, query: string, code: string, reason: string])[] = [
    ["a syntax error", "subscription {", "BAD_USER_INPUT", "SYNTAX"],
    ["blanks", "  ", "BAD_USER_INPUT", "SYNTAX"],
    ["an unterminated text", '{ a(b: "', "BAD_USER_INPUT", "SYNTAX"],
    ["too many tokens", `{ ${"id ".repeat(1_600)} }`, "BAD_USER_INPUT", "SYNTAX"],
    ["an unknown field", "subscription { nope }", "BAD_USER_INPUT", "VALIDATION"],
    [
      "too many aliases",
      `{ ${Array.from({ length: 101 }, (_, i) => `a${i}: __typename`).join(" ")} }`,
      "BAD_USER_INPUT",
      "VALIDATION",
    ],
    [
      "introspection in circles",
      "{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }",
      "BAD_USER_INPUT",
      "VALIDATION",
    ],
    [
      "two subscriptions in one",
      "subscription { a: journal { __typename } b: journal { __typename } }",
      "BAD_USER_INPUT",
      "VALIDATION",
    ],
    ["no operation", "fragment a on Query { __typename }", "BAD_USER_INPUT", "VALIDATION"],
    [
      "a cursor that nobody handed out",
      'subscription { journal(after: "x") { __typename } }',
      "BAD_CURSOR",
      "SIGNATURE",
    ],
  ];
  test.each(refused)(
    "of an operation is its last message, and the socket stays open: %s",
    async (_n, query, code, reason) => {
      await using raw = await ready();
      raw.subscribe("1", query);
      const messages = await raw.end("1");
      expect(messages.map(({ type }) => type)).toEqual(["error"]);
      expect(messages[0] && codeOf(messages[0])).toMatchObject({ code, reason, requestId: expect.any(String) });
      raw.subscribe("1", "{ __typename }");
      await raw.until("complete", "1");
      expect(raw.isOpen).toBe(true);
    },
  );

  test("of a field comes with the data beside it, and its operation completes", async () => {
    await using raw = await ready();
    raw.subscribe("1", '{ viewer { permissions } node(id: "x") { id } nodes(ids: ["x"]) { id } lead(id: "x") { id } }');
    const [first] = await raw.end("1");
    expect(first?.payload).toMatchObject({
      data: { node: null, lead: null, viewer: { permissions: expect.any(Array) } },
    });
    raw.subscribe("2", '{ a: __typename journal(after: "x") { nodes { id } } }');
    await raw.end("2");
    expect(raw.typesOf("2")).toEqual(["next", "complete"]);
    expect(raw.of("2")[0]?.payload).toMatchObject({
      errors: [{ path: ["journal"], extensions: { code: "BAD_CURSOR" } }],
    });
  });

  test("tells nothing of the schema that wasn't asked for", async () => {
    await using raw = await RawSocket.ready(app.url, app.tenant.publishableKey);
    raw.subscribe("1", "{ leadz { id } }");
    raw.subscribe("2", "{ __schema { types { name } } }");
    await Promise.all([raw.end("1"), raw.end("2")]);
    expect(JSON.stringify(raw.messages)).not.toMatch(/did you mean|"leads"/i);
    expect(raw.of("2").map(codeOf)).toMatchObject([{ code: "FORBIDDEN", reason: "INTROSPECTION" }]);
  });
});

test("introspection with a key is answered", async () => {
  await using raw = await ready();
  raw.subscribe("1", "{ __schema { subscriptionType { fields { name } } } }");
  const [next] = await raw.end("1");
  expect(JSON.stringify(next?.payload)).toContain("leadChanged");
});

test("nothing is left of connections that broke in the middle", async () => {
  const sockets = await Promise.all(Array.from({ length: 20 }, () => ready()));
  for (const raw of sockets) {
    raw.subscribe("feed", followJournal);
    raw.subscribe("query", "{ leads { nodes { id } } }");
  }
  await Promise.all(sockets.map((raw) => raw[Symbol.asyncDispose]()));
  await eventually(() => {
    const { sockets: open, groups, followedTenants } = app.nexora.liveCounts();
    return open + groups + followedTenants === 0;
  }, "no socket, no group");
});
