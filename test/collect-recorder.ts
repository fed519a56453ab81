import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { waitFor } from "./wait-for.ts";

export interface RecordedEvent {
  readonly type: string;
  readonly messageId: string;
  readonly timestamp: string;
  readonly anonymousId?: string;
  readonly userId?: string;
  readonly previousId?: string;
  readonly event?: string;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly context: {
    readonly page: { url: string; path: string; title: string; referrer: string };
    readonly campaign: Readonly<Record<string, unknown>>;
    readonly library: Readonly<Record<string, unknown>>;
  };
}

export interface RecordedCall {
  readonly contentType: string | undefined;
  readonly cookie: string | undefined;
  readonly key: string;
  readonly sentAt: string;
  readonly events: readonly RecordedEvent[];
}

export interface CollectRecorder extends AsyncDisposable {
  readonly url: string;
  /** What has arrived, acknowledged or not. */
  readonly calls: RecordedCall[];
  /** The status of the next answers, by default 200. */
  status: number;
  /** Forgets what has arrived and answers 200 again. From now on only calls with this key are kept: a page that was closed goes on sending. */
  reset(key: string): void;
  /** The events that are acknowledged, without repetitions, when so many fulfil the condition. */
  events(count: number, condition?: (event: RecordedEvent) => boolean): Promise<RecordedEvent[]>;
}

/** A real server in the collector's place: it serves the pixel as it is built, and keeps what is posted to it. */
export async function startRecorder(pixelFile: string): Promise<CollectRecorder> {
  const acknowledged = new Map<string, RecordedEvent>();
  const calls: RecordedCall[] = [];
  let key: string | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    response.setHeader("access-control-allow-origin", "*");
    if (request.method !== "POST") {
      response.setHeader("content-type", "text/javascript").end(await readFile(pixelFile));
      return;
    }
    const body = JSON.parse(await text(request)) as Pick<RecordedCall, "key" | "sentAt" | "events">;
    const { "content-type": contentType, cookie } = request.headers;
    if (body.key !== key) return void response.end();
    calls.push({ ...body, contentType, cookie });
    if (recorder.status === 200) for (const event of body.events) acknowledged.set(event.messageId, event);
    response.writeHead(recorder.status, { "content-type": "application/json" });
    response.end(JSON.stringify({ accepted: body.events.length }));
  };
  const server = createServer((request, response) => {
    // A page that is closed may take its request with it.
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const recorder: CollectRecorder = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    status: 200,
    reset(newKey) {
      key = newKey;
      recorder.status = 200;
      calls.length = 0;
      acknowledged.clear();
    },
    async events(count, condition = () => true) {
      const found = () => [...acknowledged.values()].filter(condition);
      await waitFor(() => found().length >= count, `${count} events`).catch((error: unknown) => {
        throw new Error(`arrived: ${JSON.stringify(found().map(({ type, event }) => [type, event]))}`, {
          cause: error,
        });
      });
      return found();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return recorder;
}
