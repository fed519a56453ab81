import { createServer } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import { textFrame } from "../server/http/frame-writer.ts";
import { sampleMessage } from "./fanout-events.ts";

// The ceiling: ws, sockets, a prepared frame, and nothing else. Frames go to the raw sockets, as ours do.

const windowMs = 10;

export interface BareServer {
  readonly port: number;
  /** Broadcasts so many events a second; 0 stops. In windows, the events of 10 ms leave together. */
  broadcast(perSecond: number, inWindows: boolean): void;
}

export async function startBare(): Promise<BareServer> {
  const sockets = new Set<Socket>();
  const webSockets = new WebSocketServer({ noServer: true, maxPayload: 262_144, clientTracking: false });
  const server = createServer();
  server.on("upgrade", (request, socket, head) => {
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      sockets.add(socket as Socket);
      webSocket.on("message", () => undefined);
      webSocket.on("error", () => undefined);
      webSocket.on("close", () => sockets.delete(socket as Socket));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", 4_096, resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");

  let position = 0;
  let pending: Buffer[] = [];
  let timers: NodeJS.Timeout[] = [];
  const writeAll = (bytes: Buffer) => {
    for (const socket of sockets) socket.write(bytes);
  };
  return {
    port: address.port,
    broadcast(perSecond, inWindows) {
      for (const timer of timers) clearInterval(timer);
      timers = [];
      if (perSecond === 0) return;
      const startedAt = performance.now();
      let sent = 0;
      const tick = () => {
        for (; sent < ((performance.now() - startedAt) / 1_000) * perSecond; sent += 1) {
          const frame = textFrame(sampleMessage((position += 1)));
          if (inWindows) pending.push(frame);
          else writeAll(frame);
        }
      };
      timers.push(setInterval(tick, 1_000 / perSecond));
      if (!inWindows) return;
      const flush = () => {
        if (pending.length > 0) writeAll(Buffer.concat(pending));
        pending = [];
      };
      timers.push(setInterval(flush, windowMs));
    },
  };
}
