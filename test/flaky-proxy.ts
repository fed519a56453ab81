import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";

/** What the next request meets instead of an answer from the server. */
export type Fault =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body: string;
    }
  /** The connection is cut before the server has seen the request. */
  | { readonly kind: "cut" }
  /** The server executes the request; its answer is lost. */
  | { readonly kind: "lose-answer" };

export interface SeenRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

export interface FlakyProxy extends AsyncDisposable {
  readonly url: string;
  /** Taken one per request, first in, first out; without any, requests are passed on. */
  readonly faults: Fault[];
  readonly requests: SeenRequest[];
}

/** Stands between a client and a server, and fails as it is told to. */
export async function startFlakyProxy(upstream: string): Promise<FlakyProxy> {
  const faults: Fault[] = [];
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat((await request.toArray()) as Buffer[]).toString();
    requests.push({ headers: request.headers, body, at: Date.now() });
    const fault = faults.shift();
    if (fault?.kind === "cut") {
      request.socket.destroy();
      return;
    }
    if (fault?.kind === "answer") {
      response.writeHead(fault.status, { "content-type": "application/json", ...fault.headers }).end(fault.body);
      return;
    }
    const answer = await fetch(new URL(request.url ?? "/", upstream), {
      method: request.method ?? "POST",
      headers: endToEnd(request.headers),
      body,
    });
    const text = await answer.text();
    if (fault?.kind === "lose-answer") request.socket.destroy();
    else response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(text);
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    faults,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const ofTheConnection = new Set(["connection", "content-length", "host", "keep-alive", "transfer-encoding"]);

function endToEnd(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || ofTheConnection.has(name) ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}
