// What a good server doesn't do, and the closes that are hard to provoke: a scripted server over real sockets.
import { once } from "node:events";
import { describe, expect, it } from "@jest/globals";
import { type WebSocket, WebSocketServer } from "ws";
import { createNexora, JournalDocument, NetworkError, RateLimitedError, UnavailableError } from "./index.ts";

interface Subscribed {
  readonly id: string;
  readonly after: string | undefined;
  readonly socket: WebSocket;
  readonly next: (position: number, previous?: number) => void;
  readonly error: (code: string) => void;
}

/** Acknowledges everybody and gives each subscription to the next step of the script. */
async function startScripted(...steps: ((subscribed: Subscribed) => void)[]) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "graphql-transport-ws" });
  await once(server, "listening");
  const seen: Subscribed[] = [];
  server.on("connection", (socket) => {
    const send = (message: object) => socket.send(JSON.stringify(message));
    socket.on("message", (bytes: Buffer) => {
      const { type, id, payload } = JSON.parse(String(bytes));
      if (type === "connection_init") send({ type: "connection_ack" });
      if (type !== "subscribe") return;
      const subscribed: Subscribed = {
        id,
        after: payload.variables.after,
        socket,
        next: (position, previous = position - 1) =>
          send({
            id,
            type: "next",
            payload: {
              data: { journal: { __typename: "JournalEntry", position } },
              extensions: { cursor: `c${position}`, previous: `c${previous}` },
            },
          }),
        error: (code) => send({ id, type: "error", payload: [{ message: "No.", extensions: { code } }] }),
      };
      seen.push(subscribed);
      steps[seen.length - 1]?.(subscribed);
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const nexora = createNexora({
    url: `http://127.0.0.1:${address.port}/graphql`,
    credential: "key",
    retry: { attempts: 3, baseDelayMs: 10, maxDelayMs: 20 },
  });
  const feed = nexora.subscribe(JournalDocument, { after: "c0" });
  return {
    seen,
    take: async (count: number) => {
      const positions: unknown[] = [];
      while (positions.length < count) {
        const { value } = await feed.next();
        if (value?.journal.__typename === "JournalEntry") positions.push(value.journal.position);
      }
      return positions;
    },
    failure: () => feed.next().catch((error: unknown) => error),
    async [Symbol.asyncDispose]() {
      feed.close();
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, "close");
    },
  };
}

describe("a feed", () => {
  it("drops what it has had, and asks again from the last update when one is missing", async () => {
    await using server = await startScripted(
      ({ next }) => {
        next(1);
        next(1);
        next(2);
        next(4); // 3 is missing
        next(5);
      },
      ({ next }) => {
        next(3);
        next(4);
        next(5);
      },
    );
    expect(await server.take(5)).toEqual([1, 2, 3, 4, 5]);
    expect(server.seen.map(({ after }) => after)).toEqual(["c0", "c2"]);
    expect(new Set(server.seen.map(({ id }) => id)).size).toBe(2);
  });

  it("takes a filtered feed's jumps as they are", async () => {
    await using server = await startScripted(({ next }) => {
      next(3, 0);
      next(9, 3);
      next(12, 9);
    });
    expect(await server.take(3)).toEqual([3, 9, 12]);
    expect(server.seen).toHaveLength(1);
  });

  it.each([1006, 1011, 1012, 1013, 4403, 4500])("goes on after close code %d", async (code) => {
    await using server = await startScripted(
      ({ next, socket }) => {
        next(1);
        if (code === 1006) socket.terminate();
        else socket.close(code);
      },
      ({ next }) => next(2),
    );
    expect(await server.take(2)).toEqual([1, 2]);
    expect(server.seen.map(({ after }) => after)).toEqual(["c0", "c1"]);
  });

  it("keeps equal ids for equal operations, whatever their cursor", async () => {
    await using one = await startScripted(({ next }) => next(1));
    await using other = await startScripted(({ next }) => next(1));
    await Promise.all([one.take(1), other.take(1)]);
    expect(one.seen[0]?.id).toBe(other.seen[0]?.id);
  });

  it("gives up with a typed error when the server goes on refusing, or closes for good", async () => {
    const busy = ({ error }: Subscribed) => error("RATE_LIMITED");
    await using refusing = await startScripted(busy, busy, busy, busy);
    expect(await refusing.failure()).toBeInstanceOf(RateLimitedError);
    expect(refusing.seen).toHaveLength(3);
    await using passing = await startScripted(
      ({ error }) => error("UNAVAILABLE"),
      ({ next }) => next(1),
    );
    expect(await passing.take(1)).toEqual([1]);
    await using closing = await startScripted(({ socket }) => socket.close(4400));
    const failure = await closing.failure();
    expect(failure).toBeInstanceOf(NetworkError);
    expect(failure).not.toBeInstanceOf(UnavailableError);
  });
});
