import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { WebSocket, WebSocketServer } from "ws";
import { eventually } from "../../test/live.ts";
import { FrameFlusher, FrameWriter, textFrame } from "./frame-writer.ts";

/** A real WebSocket between a server's writer and ws's client. */
async function connect(perMessageDeflate: boolean) {
  const server = createServer();
  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate });
  const accepted = new Promise<{ webSocket: WebSocket; socket: Duplex }>((resolve) => {
    server.on("upgrade", (request, socket, head) => {
      webSockets.handleUpgrade(request, socket, head, (webSocket) => resolve({ webSocket, socket }));
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { perMessageDeflate });
  const received: string[] = [];
  client.on("message", (text: Buffer) => void received.push(text.toString()));
  await once(client, "open");
  const { webSocket, socket } = await accepted;
  const writer = new FrameWriter(webSocket, socket, new FrameFlusher());
  return {
    writer,
    webSocket,
    client,
    received,
    async [Symbol.asyncDispose]() {
      client.terminate();
      webSocket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

// Lengths around each change of the header, and more than one byte per character.
const texts = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000].map((length) => "a".repeat(length)).concat("é€😀\u2028");

describe.each([
  ["without compression", false],
  ["with compression", true],
])("frames %s", (_name, isCompressed) => {
  test("arrive whole, in order, among what ws sends itself", async () => {
    await using connection = await connect(isCompressed);
    const { writer, webSocket, received } = connection;
    expect(webSocket.extensions.includes("permessage-deflate")).toBe(isCompressed);
    for (const text of texts) writer.write(textFrame(text));
    writer.write(Buffer.concat(texts.map(textFrame)));
    writer.flush();
    webSocket.send("from ws");
    for (let number = 0; number < 500; number += 1) writer.write(textFrame(String(number)));
    const expected = [...texts, ...texts, "from ws", ...Array.from({ length: 500 }, (_, number) => String(number))];
    await eventually(() => received.length >= expected.length, "all messages");
    expect(received).toEqual(expected);
  });

  test("pile up to a limit only where the other side doesn't read, and go on when it does", async () => {
    await using connection = await connect(isCompressed);
    const { writer, client, received } = connection;
    client.pause();
    const text = Array.from({ length: 2_000 }, () => Math.random().toString(36)).join("");
    let written = 0;
    while (written < 10_000 && writer.write(textFrame(text))) {
      written += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(writer.isReady).toBe(false);
    expect(writer.unwrittenBytes).toBeLessThan(512 * 1024);
    client.resume();
    await eventually(() => writer.isReady, "ready again");
    await eventually(() => received.length === written + 1, "all messages");
  });
});
