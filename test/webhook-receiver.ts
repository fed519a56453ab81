import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What arrived. */
export interface ReceivedWebhook {
  readonly id: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body's members. */
  readonly event: {
    readonly type: string;
    readonly data: Record<string, unknown>;
    readonly entry: WebhookEntry | null;
  };
}

interface WebhookEntry {
  readonly position: number;
  readonly subjectId: string;
}

export interface WebhookReceiver extends AsyncDisposable {
  readonly url: string;
  readonly received: ReceivedWebhook[];
  /** Resolves when so many have arrived, or throws. */
  arrived(count: number, limitMs?: number): Promise<ReceivedWebhook[]>;
}

export type Answer = (webhook: ReceivedWebhook, response: ServerResponse) => void | Promise<void>;

/** A real HTTP server that keeps what is posted to it; `answer` decides what it says. */
export async function startReceiver(
  answer: Answer = (_webhook, response) => void response.writeHead(204).end(),
): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response) => {
    void read(request).then(async (webhook) => {
      if (webhook === null) return;
      received.push(webhook);
      await answer(webhook, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    async arrived(count, limitMs = 25_000) {
      const end = Date.now() + limitMs;
      while (received.length < count) {
        if (Date.now() > end) throw new Error(`${received.length} of ${count} webhooks have arrived`);
        await sleep(20);
      }
      return received.slice(0, count);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function read(request: IncomingMessage): Promise<ReceivedWebhook | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return null; // the sender has gone
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
  const body = Buffer.concat(chunks).toString("utf8");
  const event = JSON.parse(body) as ReceivedWebhook["event"];
  return { id: headers["webhook-id"] ?? "", path: request.url ?? "", headers, body, event };
}
