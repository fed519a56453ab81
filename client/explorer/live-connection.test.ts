import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "@jest/globals";
import { WebSocketServer, type WebSocket } from "ws";
import { LiveConnection } from "./live-connection.ts";

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: { readonly variables?: unknown; readonly authorization?: string };
}

const query =
  "subscription FollowJournal($after: Cursor) { journal(after: $after) { ... on JournalEntry { position } } }";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** The protocol as far as these tests need it: `onSubscribe` says what the server does with the n-th subscription. */
async function connect(onSubscribe: (socket: WebSocket, id: string, count: number) => void) {
  const received: Message[] = [];
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "graphql-transport-ws" });
  let subscriptions = 0;
  server.on("connection", (socket) => {
    socket.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      received.push(message);
      if (message.type === "connection_init") socket.send(JSON.stringify({ type: "connection_ack" }));
      if (message.type === "subscribe") onSubscribe(socket, message.id ?? "", (subscriptions += 1));
    });
  });
  await new Promise((resolve) => server.once("listening", resolve));
  let tokens = 0;
  const { port } = server.address() as AddressInfo;
  const live = new LiveConnection(new URL(`http://127.0.0.1:${port}/graphql`), () =>
    Promise.resolve({ authorization: `Bearer token-${(tokens += 1)}` }),
  );
  open.push(async () => {
    await live.close();
    for (const socket of server.clients) socket.terminate();
    await new Promise((resolve) => server.close(resolve));
  });
  return { live, ofType: (type: string) => received.filter((message) => message.type === type) };
}

function send(socket: WebSocket, id: string, cursor: string): void {
  socket.send(
    JSON.stringify({ id, type: "next", payload: { data: { journal: { position: cursor } }, extensions: { cursor } } }),
  );
}

it.each([
  ["the server restarts", 1012],
  ["the token expires", 4403],
])("goes on after the last update, with a fresh credential, when %s", async (_when, code) => {
  const { live, ofType } = await connect((socket, id, count) => {
    send(socket, id, `cursor-${count}`);
    if (count === 1) setTimeout(() => socket.close(code), 20);
  });
  const updates = live.follow({ query, variables: { after: "cursor-0" } })[Symbol.asyncIterator]();
  expect((await updates.next()).value).toMatchObject({ data: { journal: { position: "cursor-1" } } });
  expect((await updates.next()).value).toMatchObject({ data: { journal: { position: "cursor-2" } } });
  expect(ofType("subscribe").map(({ payload }) => payload?.variables)).toEqual([
    { after: "cursor-0" },
    { after: "cursor-1" },
  ]);
  expect(ofType("connection_init").map(({ payload }) => payload?.authorization)).toEqual([
    "Bearer token-1",
    "Bearer token-2",
  ]);
});

it("adds no variable to a subscription that declares none", async () => {
  const { live, ofType } = await connect((socket, id, count) => {
    send(socket, id, `cursor-${count}`);
    if (count === 1) setTimeout(() => socket.close(1012), 20);
  });
  const updates = live.follow({ query: "subscription { journal { __typename } }" })[Symbol.asyncIterator]();
  await updates.next();
  await updates.next();
  expect(ofType("subscribe").map(({ payload }) => payload?.variables)).toEqual([undefined, undefined]);
});

it("stops on the server, too, when nobody listens any more", async () => {
  const { live, ofType } = await connect((socket, id) => send(socket, id, "cursor-1"));
  const updates = live.follow({ query })[Symbol.asyncIterator]();
  await updates.next();
  const waiting = updates.next();
  await updates.return?.();
  expect((await waiting).done).toBe(true);
  for (let waits = 0; ofType("complete").length === 0 && waits < 50; waits += 1) await sleep(20);
  expect(ofType("complete")).toHaveLength(1);
});

it("gives up at once when the credential is refused", async () => {
  const { live } = await connect((socket) => socket.close(4401, "Unauthorized"));
  const updates = live.follow({ query })[Symbol.asyncIterator]();
  await expect(updates.next()).rejects.toMatchObject({ code: 4401 });
});
