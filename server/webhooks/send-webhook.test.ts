import { once } from "node:events";
import { createServer as createSecureServer } from "node:https";
import { createServer as createTcpServer, type AddressInfo, type Socket } from "node:net";
import { afterAll, describe, expect, it } from "@jest/globals";
import { testCertificate } from "../../test/certificate.ts";
import { type Answer, startReceiver } from "../../test/webhook-receiver.ts";
import { WebhookSender, type WebhookSenderOptions } from "./send-webhook.ts";

const senders: WebhookSender[] = [];
afterAll(() => {
  for (const sender of senders) sender.close();
});

function senderWith(options: WebhookSenderOptions): WebhookSender {
  const sender = new WebhookSender(options);
  senders.push(sender);
  return sender;
}

const never = new AbortController().signal;
const to = (url: string) => ({ url, headers: { "webhook-id": "delivery_1" }, body: '{"type":"x"}', signal: never });
const names = (...addresses: string[]) => {
  const asked: string[] = [];
  const resolve = (hostname: string) => {
    asked.push(hostname);
    const address = addresses[Math.min(asked.length, addresses.length) - 1] ?? "";
    return Promise.resolve([{ address, family: address.includes(":") ? 6 : 4 }]);
  };
  return { asked, resolve };
};

describe("sending in production", () => {
  it.each([
    ["http", "http://example.com/"],
    ["loopback", "https://127.0.0.1/"],
    ["loopback, written as one number", "https://2130706433/"],
    ["loopback, mapped", "https://[::ffff:127.0.0.1]/"],
    ["a cloud's metadata", "https://169.254.169.254/latest/meta-data"],
    ["carrier-grade NAT", "https://100.64.0.1/"],
    ["private IPv6", "https://[fd00::1]/"],
    ["NAT64", "https://[64:ff9b::7f00:1]/"],
    ["6to4", "https://[2002:7f00:1::]/"],
  ])("refuses %s before anything is asked or sent", async (_what, url) => {
    const { asked, resolve } = names("1.1.1.1");
    expect(await senderWith({ resolve }).send(to(url))).toMatchObject({ kind: "ADDRESS_REFUSED" });
    expect(asked).toEqual([]);
  });

  it.each(["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"])(
    "refuses a name that leads to %s",
    async (address) => {
      const answer = await senderWith({ resolve: names(address).resolve }).send(to("https://hooks.example.com/"));
      expect(answer).toEqual({
        kind: "ADDRESS_REFUSED",
        message: "The name leads to an address that isn't public.",
      });
    },
  );

  it("connects to what it has checked: a name that changes its mind gets nowhere", async () => {
    let connections = 0;
    const inside = createTcpServer((socket) => void ((connections += 1), socket.destroy()));
    inside.listen(0, "127.0.0.1");
    await once(inside, "listening");
    const { port } = inside.address() as AddressInfo;
    // Public when it is checked, then the machine itself: whoever resolves twice connects to the second.
    const { asked, resolve } = names("192.88.100.1", "127.0.0.1");
    const sender = senderWith({ resolve, timeoutMs: 300 });
    const url = `https://hooks.example.com:${port}/`;
    expect((await sender.send(to(url))).kind).toMatch(/^(NETWORK_ERROR|TIMEOUT)$/);
    expect(asked).toHaveLength(1);
    expect((await sender.send(to(url))).kind).toBe("ADDRESS_REFUSED");
    expect(asked).toHaveLength(2);
    expect(connections).toBe(0);
    inside.close();
    await once(inside, "close");
  });
});

describe("sending in development", () => {
  const post = async (answer: Answer, options: WebhookSenderOptions = {}) => {
    await using receiver = await startReceiver(answer);
    const answered = await senderWith({ allowPrivate: true, ...options }).send(to(receiver.url));
    return { answered, received: receiver.received };
  };

  it("brings the body, the headers and the answer's beginning", async () => {
    const { answered, received } = await post((_webhook, response) => void response.writeHead(201).end("thanks"));
    expect(answered).toEqual({ kind: "ANSWERED", statusCode: 201, retryAfter: undefined, text: "thanks" });
    expect(received).toMatchObject([{ body: '{"type":"x"}', headers: { "content-type": "application/json" } }]);
  });

  it("doesn't follow a redirect", async () => {
    await using target = await startReceiver();
    const { answered } = await post(
      (_webhook, response) => void response.writeHead(307, { location: target.url }).end(),
    );
    expect(answered).toMatchObject({ kind: "ANSWERED", statusCode: 307 });
    expect(target.received).toEqual([]);
  });

  it("reads 64 kB of an answer without an end, and keeps 1,000 characters", async () => {
    let written = 0;
    const { answered } = await post((_webhook, response) => {
      response.writeHead(200);
      const write = (): void => {
        while (!response.destroyed && response.write("a\0".repeat(8_192))) written += 16_384;
      };
      response.on("drain", write);
      write();
    });
    expect(answered).toMatchObject({ kind: "ANSWERED", statusCode: 200, text: "a".repeat(1_000) });
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  it("waits as long as it may, for an answer and for its body", async () => {
    const silent = await post(() => undefined, { timeoutMs: 100 });
    expect(silent.answered).toEqual({ kind: "TIMEOUT", message: "No answer within 0.1 seconds." });
    const slow = await post((_webhook, response) => void response.writeHead(200).write("begun"), { timeoutMs: 1_000 });
    expect(slow.answered).toMatchObject({ kind: "ANSWERED", statusCode: 200, text: "begun" });
  });

  it("tells a cut connection from none", async () => {
    const cut = await post((_webhook, response) => void response.destroy());
    expect(cut.answered).toEqual({ kind: "NETWORK_ERROR", message: "The connection failed: ECONNRESET." });
    const refused = await senderWith({ allowPrivate: true }).send(to("http://127.0.0.1:1/"));
    expect(refused).toEqual({ kind: "NETWORK_ERROR", message: "The connection failed: ECONNREFUSED." });
  });

  it("ends when the process stops", async () => {
    const stopping = new AbortController();
    await using receiver = await startReceiver(() => stopping.abort());
    const answer = await senderWith({ allowPrivate: true }).send({ ...to(receiver.url), signal: stopping.signal });
    expect(answer.kind).toBe("INTERRUPTED");
  });
});

describe("sending over TLS", () => {
  it("checks the name's certificate, though it connects to an address", async () => {
    const sockets = new Set<Socket>();
    const server = createSecureServer(testCertificate, (request, response) => {
      request.resume().on("end", () => response.writeHead(204).end());
    });
    server.on("connection", (socket: Socket) => sockets.add(socket));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const options = { allowPrivate: true, resolve: names("127.0.0.1").resolve };
    const trusting = senderWith({ ...options, ca: testCertificate.cert });
    expect(await trusting.send(to(`https://hooks.example.com:${port}/`))).toMatchObject({ statusCode: 204 });
    expect(await trusting.send(to(`https://other.example.com:${port}/`))).toMatchObject({ kind: "NETWORK_ERROR" });
    expect(await senderWith(options).send(to(`https://hooks.example.com:${port}/`))).toMatchObject({
      kind: "NETWORK_ERROR",
    });
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
});
