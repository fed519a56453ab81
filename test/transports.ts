import { WebSocket } from "ws";

/** A request as every transport can carry it. */
export interface TransportRequest {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

export interface TransportAnswer {
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: { readonly message: string; readonly extensions: Record<string, unknown> }[] | undefined;
  readonly extensions?: Record<string, unknown>;
  /** The message that brought it, on a WebSocket. */
  readonly type?: string;
}

export type Transport = (url: string, credential: string | null, request: TransportRequest) => Promise<TransportAnswer>;

function headersOf(credential: string | null, accept: string): Record<string, string> {
  const authorization = credential === null ? {} : { authorization: `Bearer ${credential}` };
  return { "content-type": "application/json", accept, ...authorization };
}

const overHttp: Transport = async (url, credential, request) => {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: headersOf(credential, "application/graphql-response+json"),
    body: JSON.stringify(request),
  });
  return (await response.json()) as TransportAnswer;
};

/** By the protocol's own words, on a socket of its own. */
const overWebSocket: Transport = (url, credential, request) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    let answer: TransportAnswer | undefined;
    const send = (message: object) => socket.send(JSON.stringify(message));
    const payload = credential === null ? {} : { authorization: `Bearer ${credential}` };
    socket.on("open", () => send({ type: "connection_init", payload }));
    socket.on("error", reject);
    socket.on("close", (code, reason) => {
      if (answer === undefined) reject(new Error(`closed with ${code} ${String(reason)}`));
      else resolve(answer);
    });
    socket.on("message", (text) => {
      const message = JSON.parse((text as Buffer).toString()) as { type: string; payload: unknown };
      // The protocol wants a text, also beside a document's id.
      if (message.type === "connection_ack") send({ id: "1", type: "subscribe", payload: { query: "", ...request } });
      if (message.type === "next") answer = { ...(message.payload as TransportAnswer), type: "next" };
      if (message.type === "error") {
        answer = { data: undefined, errors: message.payload as TransportAnswer["errors"], type: "error" };
      }
      if (message.type === "complete" || message.type === "error") socket.close();
    });
  });

const overEvents: Transport = async (url, credential, request) => {
  const response = await fetch(`${url}/graphql/stream`, {
    method: "POST",
    headers: headersOf(credential, "text/event-stream"),
    body: JSON.stringify(request),
  });
  const text = await response.text();
  if (response.headers.get("content-type")?.startsWith("text/event-stream") !== true) {
    return JSON.parse(text) as TransportAnswer;
  }
  const data = /^event: next\ndata: (.*)$/m.exec(text)?.[1];
  if (data === undefined) throw new Error(`no event: ${text}`);
  return JSON.parse(data) as TransportAnswer;
};

/** All ways to send an operation that has one answer. */
export const transports = { HTTP: overHttp, WebSocket: overWebSocket, SSE: overEvents } as const;
