import { WebSocket } from "ws";
import type { FuzzOperation } from "./operations.ts";

/** What came back, in the words of GraphQL, or why nothing did. */
export interface Reply {
  readonly status: number | null;
  readonly payload: unknown;
  readonly failure?: string;
}

export interface Caller {
  readonly name: string;
  send(operation: FuzzOperation): Promise<Reply>;
  close(): void;
}

/** Who calls which server. */
export interface Identity {
  readonly name: string;
  readonly url: string;
  readonly credential: string | null;
}

/** Longer than the server's deadline by far: a slow machine isn't an error. */
const patienceMs = 120_000;
const feedMs = 40;

/** POST to /graphql, or GET. */
export function httpCaller(
  { name: who, url, credential }: Identity,
  { accept, method }: { readonly accept: string; readonly method: "GET" | "POST" },
): Caller {
  const headers = { accept, ...(credential === null ? {} : { authorization: `Bearer ${credential}` }) };
  return {
    name: `${who}: ${method} ${accept}`,
    async send({ query, variables, operationName }) {
      const name = operationName === undefined ? {} : { operationName };
      const search = new URLSearchParams({
        query: query.toWellFormed(),
        variables: JSON.stringify(variables),
        ...name,
      });
      const request =
        method === "GET"
          ? fetch(`${url}/graphql?${String(search)}`, { headers })
          : fetch(`${url}/graphql`, {
              method,
              headers: { ...headers, "content-type": "application/json" },
              body: JSON.stringify({ query, variables, ...name }),
            });
      const response = await request;
      return { status: response.status, payload: parsed(await response.text()) };
    },
    close: () => undefined,
  };
}

/** POST to /graphql/stream; a feed is left after a moment. */
export function streamCaller({ name: who, url, credential }: Identity): Caller {
  return {
    name: `${who}: SSE`,
    async send({ query, variables, operationName }) {
      const response = await fetch(`${url}/graphql/stream`, {
        method: "POST",
        headers: {
          accept: "text/event-stream",
          "content-type": "application/json",
          authorization: `Bearer ${credential}`,
        },
        body: JSON.stringify({ query, variables, ...(operationName === undefined ? {} : { operationName }) }),
      });
      if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
        return { status: response.status, payload: parsed(await response.text()) };
      }
      return { status: response.status, payload: parsed((await firstEvent(response)) ?? '{"data":null}') };
    },
    close: () => undefined,
  };
}

async function firstEvent(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  const timer = setTimeout(() => void reader.cancel(), feedMs);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
    if (text.includes("event: complete")) break;
  }
  clearTimeout(timer);
  await reader.cancel();
  return /event: next\n(?:id: .*\n)?data: (.*)\n/.exec(text)?.[1];
}

/** One socket for all operations; it must outlive them. */
export async function socketCaller({ name: who, url, credential }: Identity): Promise<Caller> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws");
  const waiting = new Map<string, (reply: Reply) => void>();
  let closed: string | undefined;
  let last = 0;
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.on("open", () => {
      socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${credential}` } }));
    });
    socket.on("message", (bytes: Buffer) => {
      const message = JSON.parse(bytes.toString("utf8")) as { type: string; id?: string; payload?: unknown };
      if (message.type === "connection_ack") resolve();
      if (message.type === "ping") socket.send('{"type":"pong"}');
      const settle = waiting.get(message.id ?? "");
      if (settle === undefined) return;
      if (message.type === "next") settle({ status: null, payload: message.payload });
      if (message.type === "error") settle({ status: null, payload: { errors: message.payload } });
      if (message.type === "complete") settle({ status: null, payload: { data: null } });
    });
    socket.on("close", (code, reason) => {
      closed = `the socket was closed: ${code} ${String(reason)}`;
      for (const settle of waiting.values()) settle({ status: null, payload: undefined, failure: closed });
    });
  });
  return {
    name: `${who}: WebSocket`,
    async send({ kind, query, variables, operationName }) {
      if (closed !== undefined) return { status: null, payload: undefined, failure: closed };
      last += 1;
      const id = String(last);
      const reply = await new Promise<Reply>((resolve) => {
        const isFeed = kind === "subscription";
        const timer = setTimeout(
          () =>
            resolve(
              isFeed
                ? { status: null, payload: { data: null } }
                : { status: null, payload: undefined, failure: "no answer" },
            ),
          isFeed ? feedMs : patienceMs,
        );
        waiting.set(id, (settled) => {
          clearTimeout(timer);
          resolve(settled);
        });
        const payload = { query, variables, ...(operationName === undefined ? {} : { operationName }) };
        socket.send(JSON.stringify({ id, type: "subscribe", payload }));
      });
      waiting.delete(id);
      if (closed === undefined) socket.send(JSON.stringify({ id, type: "complete" }));
      return reply;
    },
    close: () => socket.close(),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
