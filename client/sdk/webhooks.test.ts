import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import { build } from "esbuild";
import { Webhook } from "standardwebhooks";
import { type WebhookEvent, WebhookReceiver } from "./webhooks.ts";

const secret = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const next = `whsec_${Buffer.alloc(32, 2).toString("base64")}`;
const other = `whsec_${Buffer.alloc(32, 3).toString("base64")}`;
const now = new Date("2026-11-21T09:00:00Z");
const entry = {
  id: "entry_1",
  position: 7,
  subjectId: "lead_1",
  actor: { type: "SYSTEM", principalId: null },
  requestId: "request",
  cursor: "cursor",
};
const body = JSON.stringify({
  type: "lead.captured",
  timestamp: "2026-11-21T08:59:59.000Z",
  data: { name: "Zoë 🌱" },
  entry,
});

/** Signed by the reference library. */
function signed(text = body, { by = [secret], at = now, id = "delivery_1" } = {}) {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": by.map((each) => new Webhook(each).sign(id, at, text)).join(" "),
  };
}

const receiver = new WebhookReceiver({ secrets: secret, now: () => now });

describe("the receiver of webhooks", () => {
  it("gives the event that was signed", async () => {
    const expected: WebhookEvent = {
      id: "delivery_1",
      type: "lead.captured",
      timestamp: new Date("2026-11-21T08:59:59Z"),
      data: { name: "Zoë 🌱" },
      entry,
    };
    expect(await receiver.verify(body, signed())).toEqual(expected);
    expect(await receiver.verify(Buffer.from(body), new Headers(signed()))).toEqual(expected);
  });

  it("takes either of two secrets, and either of two signatures", async () => {
    const both = new WebhookReceiver({ secrets: [secret, next], now: () => now });
    for (const by of [[secret], [next], [other, next]])
      expect(await both.verify(body, signed(body, { by }))).toBeDefined();
    expect(await receiver.verify(body, signed(body, { by: [next, secret] }))).toBeDefined();
  });

  const late = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
  it.each([
    ["SIGNATURE_WRONG", body.replace("Zoë", "Zoe"), signed()],
    ["SIGNATURE_WRONG", body, signed(body, { by: [other] })],
    ["SIGNATURE_WRONG", body, { ...signed(), "webhook-id": "delivery_2" }],
    ["SIGNATURE_WRONG", body, { ...signed(), "webhook-timestamp": String(now.getTime() / 1_000 - 1) }],
    [
      "SIGNATURE_WRONG",
      body,
      { ...signed(), "webhook-signature": signed()["webhook-signature"].replace("v1,", "v2,") },
    ],
    ["SIGNATURE_WRONG", body, { ...signed(), "webhook-signature": "v1,%%%" }],
    ["TIMESTAMP_TOO_OLD", body, signed(body, { at: late(-301) })],
    ["TIMESTAMP_TOO_NEW", body, signed(body, { at: late(301) })],
    ["TIMESTAMP_INVALID", body, { ...signed(), "webhook-timestamp": "now" }],
    ["HEADER_MISSING", body, { ...signed(), "webhook-id": "" }],
    ["HEADER_MISSING", body, {}],
    ["BODY_INVALID", "{", signed("{")],
    ["BODY_INVALID", "{}", signed("{}")],
  ])("refuses with %s", async (reason, text, headers) => {
    await expect(receiver.verify(text, headers)).rejects.toMatchObject({ name: "WebhookVerificationError", reason });
  });

  it("takes what is just within five minutes", async () => {
    expect(await receiver.verify(body, signed(body, { at: late(-300) }))).toBeDefined();
    expect(await receiver.verify(body, signed(body, { at: late(300) }))).toBeDefined();
  });

  it("needs a secret", async () => {
    expect(() => new WebhookReceiver({ secrets: [] })).toThrow(TypeError);
    expect(() => new WebhookReceiver({ secrets: "secret" })).toThrow("whsec_");
  });
});

describe("the handler of the Fetch API", () => {
  const events: WebhookEvent[] = [];
  const handle = receiver.fetch((event) => {
    if (event.id === "broken") throw new Error("no");
    events.push(event);
  });
  const post = (text: string, headers: Record<string, string>) =>
    handle(new Request("https://example.com/", { method: "POST", body: text, headers }));

  it("answers 204, 401, 405, 413 and 500", async () => {
    expect((await post(body, signed())).status).toBe(204);
    expect(events).toMatchObject([{ id: "delivery_1" }]);
    expect((await post(body, signed(body, { by: [other] }))).status).toBe(401);
    expect((await handle(new Request("https://example.com/"))).status).toBe(405);
    expect((await post("x".repeat(1024 * 1024 + 1), signed())).status).toBe(413);
    expect((await post(body, signed(body, { id: "broken" }))).status).toBe(500);
    expect(events).toHaveLength(1);
  });
});

describe("the listener of Node", () => {
  it("answers over HTTP", async () => {
    const events: WebhookEvent[] = [];
    const listener = receiver.node((event) => void events.push(event));
    const server = createServer((request, response) => void listener(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const post = (headers: Record<string, string>) => fetch(url, { method: "POST", body, headers });
    expect((await post(signed())).status).toBe(204);
    expect((await post({})).status).toBe(401);
    expect((await fetch(url)).status).toBe(405);
    expect(events).toMatchObject([{ data: { name: "Zoë 🌱" } }]);
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
});

it("bundles for a worker: it needs nothing of Node, and nothing of the rest of the SDK", async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL("webhooks.ts", import.meta.url))],
    bundle: true,
    platform: "neutral",
    format: "esm",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  expect(Object.keys(metafile.inputs)).toEqual(["client/sdk/webhooks.ts"]);
});
