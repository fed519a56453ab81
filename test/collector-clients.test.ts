// The public clients of Segment, RudderStack and Jitsu, as they are published, pointed at the server.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { jitsuAnalytics } from "@jitsu/js";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { build } from "esbuild";
import { startApp, type TestApp } from "./app.ts";
import { startBrowser } from "./browser.ts";
import { type EventRow, eventsOf } from "./events.ts";
import { waitFor } from "./wait-for.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const timestamp = new Date(Date.now() - 3_600_000);
const properties = { plan: "pro", seats: 3, nested: { list: [1, "two", null] }, text: "é😀" };
const traits = { email: "ada@example.com", age: 36 };
/** Of each call: clients add to what they are given. */
const context = () => ({
  locale: "fr-FR",
  campaign: { name: "spring", source: "news", medium: "email", term: "shoes", content: "top" },
});

/** The events of one client's tenant by what they say happened, once there are as many as it has sent. */
async function arrived(tenant: TestApp["tenant"], count: number): Promise<Record<string, EventRow>> {
  await waitFor(async () => (await eventsOf(app.database.ownerUrl, tenant)).length >= count);
  const events = await eventsOf(app.database.ownerUrl, tenant);
  expect(events).toHaveLength(count);
  return Object.fromEntries(events.map((event) => [event.name ?? event.type, event]));
}

describe("the public clients' events arrive as they are sent", () => {
  it("@segment/analytics-node", async () => {
    const tenant = await app.createTenant();
    const client = new Analytics({ writeKey: tenant.publishableKey, host: app.url, flushAt: 20 });
    const errors: unknown[] = [];
    client.on("error", (error) => errors.push(error));
    const who = { userId: "u-1", anonymousId: "a-1", timestamp };
    client.track({ ...who, context: context(), event: "Signed up", properties });
    client.identify({ ...who, context: context(), traits });
    client.page({ ...who, context: context(), name: "Home", properties });
    client.screen({ ...who, context: context(), name: "Start", properties });
    client.group({ ...who, context: context(), groupId: "g-1", traits });
    client.alias({ userId: "u-1", previousId: "a-1", timestamp, context: context() });
    for (let number = 0; number < 40; number += 1) client.track({ userId: "u-2", event: `E${number}` });
    await client.closeAndFlush();
    const events = await arrived(tenant, 46);
    expect(errors).toEqual([]);
    const sent = {
      user_id: "u-1",
      visitor_id: "a-1",
      time: expectTime(timestamp),
      context: expect.objectContaining(context()),
    };
    expect(events).toMatchObject({
      "Signed up": { ...sent, type: "track", properties, is_bot: false },
      identify: { ...sent, traits },
      Home: { ...sent, type: "page", properties },
      Start: { ...sent, type: "screen", properties },
      group: { ...sent, group_id: "g-1", traits },
      alias: { user_id: "u-1", previous_id: "a-1" },
    });
  });

  it("@rudderstack/rudder-sdk-node, zipped", async () => {
    const tenant = await app.createTenant();
    const client = new RudderAnalytics(tenant.publishableKey, { dataPlaneUrl: app.url, flushAt: 3, logLevel: "error" });
    const who = { userId: "u-1", anonymousId: "a-1", timestamp };
    client.track({ ...who, context: context(), event: "Signed up", properties });
    client.identify({ ...who, context: context(), traits });
    client.page({ ...who, context: context(), name: "Home", properties });
    client.screen({ ...who, context: context(), name: "Start", properties });
    client.group({ ...who, context: context(), groupId: "g-1", traits });
    client.alias({ userId: "u-1", previousId: "a-1", timestamp, context: context() });
    await client.flush();
    const events = await arrived(tenant, 6);
    const sent = {
      user_id: "u-1",
      visitor_id: "a-1",
      time: expectTime(timestamp),
      context: expect.objectContaining(context()),
    };
    expect(events).toMatchObject({
      "Signed up": { ...sent, type: "track", properties },
      identify: { ...sent, traits },
      Home: { ...sent, type: "page", properties },
      Start: { ...sent, type: "screen", properties },
      group: { ...sent, group_id: "g-1", traits },
      alias: { user_id: "u-1", previous_id: "a-1" },
    });
  });

  it("@jitsu/js", async () => {
    const tenant = await app.createTenant();
    const client = jitsuAnalytics({ host: app.url, writeKey: `${tenant.publishableKey}:-`, fetch: globalThis.fetch });
    await client.identify("u-1", traits);
    await client.track("Signed up", properties);
    await client.page("Home", properties);
    await client.group("g-1", traits);
    const events = await arrived(tenant, 4);
    const userId = { user_id: "u-1" };
    expect(events).toMatchObject({
      "Signed up": { ...userId, type: "track", properties },
      identify: { ...userId, traits },
      Home: { ...userId, type: "page", properties: expect.objectContaining(properties) },
      group: { group_id: "g-1", traits },
    });
    expect(events["Signed up"]?.visitor_id).toBe(events["Home"]?.visitor_id);
  });

  it.each(["standard", "batching"] as const)(
    "@segment/analytics-next in Chromium, %s",
    async (strategy) => {
      const tenant = await app.createTenant();
      await using site = await startSite();
      await using browser = await startBrowser();
      const page = await (await browser.newContext({ userAgent: chrome })).newPage();
      await page.goto(site.url);
      await page.evaluate(
        `start(${JSON.stringify({ writeKey: tenant.publishableKey, apiHost: new URL(app.url).host, strategy })})`,
      );
      await page.evaluate(`send(${JSON.stringify({ properties, traits })})`);
      const events = await arrived(tenant, 6);
      const sent = { is_bot: false, user_agent: chrome, network: "127.0.0.0/24" };
      expect(events).toMatchObject({
        "Signed up": { ...sent, user_id: "u-1", type: "track", properties },
        identify: { ...sent, user_id: "u-1", traits },
        Home: { ...sent, type: "page", properties: expect.objectContaining({ ...properties, url: `${site.url}/` }) },
        Start: { ...sent, type: "screen", properties },
        group: { ...sent, group_id: "g-1", traits },
        alias: { ...sent, user_id: "u-1", previous_id: events["Home"]?.visitor_id },
      });
    },
    120_000,
  );
});

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

/** The server puts it right by the sender's clock, which may say another millisecond. */
function expectTime(sent: Date): unknown {
  return { asymmetricMatch: (time: Date) => Math.abs(time.getTime() - sent.getTime()) < 60_000 };
}

/** A page of another origin that uses the client as a bundler gives it. */
async function startSite() {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { AnalyticsBrowser } from ${JSON.stringify(fileURLToPath(import.meta.resolve("@segment/analytics-next")))};
        window.start = ({ writeKey, apiHost, strategy }) => {
          const deliveryStrategy = strategy === "batching" ? { strategy, config: { size: 3, timeout: 200 } } : undefined;
          const integrations = { "Segment.io": { apiKey: writeKey, apiHost, protocol: "http", deliveryStrategy } };
          window.analytics = AnalyticsBrowser.load({ writeKey, cdnSettings: { integrations: { "Segment.io": {} } } }, { integrations });
          return window.analytics.ready();
        };
        window.send = async ({ properties, traits }) => {
          await analytics.alias("u-1");
          await analytics.identify("u-1", traits);
          await analytics.track("Signed up", properties);
          await analytics.page("Home", properties);
          await analytics.screen("Start", properties);
          await analytics.group("g-1", traits);
        };`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    format: "iife",
    logLevel: "silent",
  });
  const script = outputFiles[0]?.text ?? "";
  const server = createServer((request, response) => {
    const isScript = request.url === "/client.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : `<!doctype html><title>Shop</title><script src="/client.js"></script>`);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}
