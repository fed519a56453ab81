import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { type TestApp, payload, startApp } from "../../test/app.ts";
import { eventsOf, sendEvents } from "../../test/events.ts";
import { ownerToken } from "../../test/owner-token.ts";
import { toUuid } from "../operations/ids.ts";

let app: TestApp;
let sent = 0;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

/** An id that no other test uses. */
function newId(): string {
  sent += 1;
  return `message-${String(sent).padStart(4, "0")}`;
}

async function stored(...ids: readonly string[]) {
  const events = await eventsOf(app.database.ownerUrl, app.tenant);
  return ids.map((id) => events.filter(({ message_id: each }) => each === id));
}

async function only(id: string) {
  const [[event, ...others] = []] = await stored(id);
  expect(others).toEqual([]);
  if (event === undefined) throw new Error(`${id} isn't stored`);
  return event;
}

describe("the collector", () => {
  it("has stored an event when it answers", async () => {
    const messageId = newId();
    const timestamp = new Date().toISOString();
    const answer = await sendEvents(app, "/v1/track", {
      event: "Signed up",
      messageId,
      timestamp,
      anonymousId: "a-1",
      userId: 7,
      properties: { plan: "pro", seats: 3 },
      context: { page: { url: "https://shop.example/" } },
    });
    expect([answer.status, await answer.json()]).toEqual([200, { success: true, accepted: 1 }]);
    expect(await only(messageId)).toMatchObject({
      type: "track",
      name: "Signed up",
      time: new Date(timestamp),
      visitor_id: "a-1",
      user_id: "7",
      properties: { plan: "pro", seats: 3 },
      context: { page: { url: "https://shop.example/" } },
      partition: `event_${timestamp.slice(0, 7).replace("-", "_")}`,
    });
  });

  it("takes each call and key as the public clients send them, by what the body is and not by its label", async () => {
    const { publishableKey: key, secretKey } = app.tenant;
    const basic = { "x-write-key": "", authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` };
    const bare = { "x-write-key": "" };
    const form = { ...basic, "content-type": "application/x-www-form-urlencoded" };
    const text = { ...bare, "content-type": "text/plain;charset=UTF-8" };
    const ids = Array.from({ length: 9 }, newId);
    const [a = "", b = "", c = "", d = "", e = "", f = "", g = "", h = "", i = ""] = ids;
    const track = (messageId: string) => ({ type: "track", event: "E", messageId });
    const answers = await Promise.all([
      sendEvents(app, "/v1/batch", { batch: [track(a), { type: "page", name: "P", messageId: b }] }, basic),
      sendEvents(app, "/v1/batch", gzipSync(JSON.stringify({ batch: [track(c)] })), form),
      sendEvents(app, "/t", { ...track(d), writeKey: key }, text),
      sendEvents(app, "/v1/i", { messageId: e, userId: "u", traits: { plan: "pro" }, writeKey: key }, text),
      sendEvents(app, "/api/s/alias", { messageId: f, userId: "u", previousId: "a" }),
      sendEvents(
        app,
        "/v1/group",
        { messageId: g, userId: "u", groupId: "g" },
        { ...bare, authorization: `Bearer ${secretKey}` },
      ),
      sendEvents(app, `/v1/screen?writeKey=${key}`, { messageId: h, name: "S" }, bare),
      sendEvents(app, "/collect", { key, events: [track(i)], context: { locale: "fr" } }, text),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const events = (await stored(...ids)).flat();
    expect(events.map(({ type }) => type)).toEqual([
      "track",
      "page",
      "track",
      "track",
      "identify",
      "alias",
      "group",
      "screen",
      "track",
    ]);
    expect(events[4]).toMatchObject({ user_id: "u", traits: { plan: "pro" } });
    expect(events[5]).toMatchObject({ user_id: "u", previous_id: "a" });
    expect(events[6]).toMatchObject({ group_id: "g" });
    expect(events[8]?.context).toEqual({ locale: "fr" });
  });

  it("keeps a message once, within a call and when it is sent again", async () => {
    const messageId = newId();
    const event = { type: "track", event: "Paid", messageId, timestamp: "2026-11-20T23:59:59.900Z" };
    for (const batch of [[event, event], [event]]) {
      const answer = await sendEvents(app, "/v1/batch", { batch });
      expect(await answer.json()).toEqual({ success: true, accepted: batch.length });
    }
    await only(messageId);
  });

  it("puts the time right by the sender's clock, and keeps the day of the message as it was sent", async () => {
    const [id, future, early] = [newId(), newId(), newId()];
    const sentAt = "1970-01-01T00:10:00.000Z";
    const at = { type: "track", event: "E" };
    const beforeMs = Date.now();
    await sendEvents(app, "/v1/batch", {
      sentAt,
      batch: [{ ...at, messageId: id, timestamp: "1970-01-01T00:00:00.000Z" }],
    });
    await sendEvents(app, "/v1/batch", {
      batch: [
        { ...at, messageId: future, timestamp: "2090-01-01T00:00:00.000Z" },
        { ...at, messageId: early, timestamp: "1970-01-01T00:00:00.000Z" },
      ],
    });
    const afterMs = Date.now();
    const skewed = await only(id);
    expect(skewed).toMatchObject({ day: "1970-01-01", partition: "event_default" });
    expect(skewed.time.getTime()).toBeGreaterThanOrEqual(beforeMs - 600_000);
    expect(skewed.time.getTime()).toBeLessThanOrEqual(afterMs - 600_000);
    for (const event of [await only(future), await only(early)]) {
      expect(event.time.getTime()).toBeGreaterThanOrEqual(beforeMs);
      expect(event.time.getTime()).toBeLessThanOrEqual(afterMs);
    }
  });

  it("says which events of a batch it can't take, and takes the others", async () => {
    const [good, odd, large] = [newId(), newId(), newId()];
    const nested = `${"[".repeat(200)}1${"]".repeat(200)}`;
    const body = `{"batch":[
      {"type":"track","event":"E","messageId":"${good}"},
      7, {"type":"dance"}, {"type":"track"}, {"type":"track","event":"E","messageId":"${"m".repeat(100)}"},
      {"type":"track","event":"E","properties":[]},
      {"type":"track","event":"E","messageId":"${large}","properties":{"text":"${"x".repeat(40_000)}"}},
      {"type":"track","event":"E","properties":{"deep":${nested}}},
      {"type":"track","event":"E\\u0000\\ud800","messageId":"${odd}","timestamp":"tomorrow",
       "properties":{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}},"nul\\u0000":"\\udfff","n":1e999}}
    ]}`;
    const answer = await sendEvents(app, "/v1/batch", body);
    expect(answer.status).toBe(200);
    const { accepted, rejected } = (await answer.json()) as {
      accepted: number;
      rejected: { index: number; code: string }[];
    };
    expect(accepted).toBe(2);
    expect(rejected.map(({ index, code }) => [index, code])).toEqual([
      [1, "EVENT_INVALID"],
      [2, "TYPE_UNKNOWN"],
      [3, "EVENT_NAME_MISSING"],
      [4, "MESSAGE_ID_INVALID"],
      [5, "EVENT_INVALID"],
      [6, "EVENT_TOO_LARGE"],
      [7, "EVENT_TOO_DEEP"],
    ]);
    await only(good);
    expect(await only(odd)).toMatchObject({ name: "E\ufffd\ufffd", properties: { "nul\ufffd": "\ufffd", n: null } });
    expect(Object.keys((await only(odd)).properties as object).toSorted()).toEqual(["n", "nul\ufffd"]);
  });

  it("refuses what is no call at all, and says why", async () => {
    const refused = async (body: unknown, path = "/v1/batch") => {
      const answer = await sendEvents(app, path, body);
      const { errors } = (await answer.json()) as { errors: { message: string; extensions: { code: string } }[] };
      expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
      return [answer.status, errors[0]?.message];
    };
    const event = { type: "track", event: "E" };
    expect(await refused("{")).toEqual([400, "The body isn't JSON."]);
    expect(await refused("")).toEqual([400, "The body is empty."]);
    expect(await refused(Buffer.from([0x7b, 0xff, 0x7d]))).toEqual([400, "The body isn't UTF-8."]);
    expect(await refused(Buffer.from([0x1f, 0x8b, 1, 2]))).toEqual([400, "The body begins like gzip and isn't."]);
    expect(await refused([event])).toEqual([400, "The body isn't a JSON object."]);
    expect(await refused({})).toEqual([400, "The body has no list of events: `batch`, or `events`."]);
    expect(await refused({}, "/v1/track")).toEqual([400, expect.stringContaining("EVENT_NAME_MISSING")]);
    expect(await refused({ batch: Array.from({ length: 2_501 }, () => 0) })).toEqual([
      413,
      "A call takes 2,500 events at most.",
    ]);
    const megabyte = JSON.stringify({ ...event, properties: { text: "x".repeat(1024 * 1024) } });
    expect((await refused(megabyte, "/v1/track"))[0]).toBe(413);
    expect((await refused(gzipSync(megabyte), "/v1/track"))[0]).toBe(413);
  });

  it("asks for a key that may, and honours the pages that a key is for", async () => {
    const event = { event: "E", messageId: newId() };
    const statusOf = async (headers: Record<string, string>) =>
      (await sendEvents(app, "/v1/track", event, headers)).status;
    expect(await statusOf({ "x-write-key": "" })).toBe(401);
    expect(await statusOf({ "x-write-key": "pk_nonsense" })).toBe(401);
    const key = await limitedKey();
    expect(await statusOf({ "x-write-key": key })).toBe(403);
    expect(await statusOf({ "x-write-key": key, origin: "https://evil.example" })).toBe(403);
    const answer = await sendEvents(app, "/v1/track", event, { "x-write-key": key, origin: "https://shop.example" });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, "https://shop.example"]);
    const preflight = await fetch(`${app.url}/api/s/track`, {
      method: "OPTIONS",
      headers: { origin: "https://shop.example", "access-control-request-method": "POST" },
    });
    expect([preflight.status, preflight.headers.get("access-control-allow-headers")]).toEqual([
      204,
      expect.stringContaining("x-write-key"),
    ]);
    const image = (referer: string) => fetch(`${app.url}/collect.gif?key=${key}&name=Mail`, { headers: { referer } });
    expect((await image("https://evil.example/")).status).toBe(403);
    const shown = await image("https://shop.example/a");
    expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "image/gif"]);
  });

  it("keeps another tenant's events apart, also where they come in one statement", async () => {
    const other = await app.createTenant();
    const messageId = newId();
    const event = { event: "E", messageId };
    await Promise.all(
      [other, app.tenant, other].map(({ publishableKey }) =>
        sendEvents(app, "/v1/track", event, { "x-write-key": publishableKey }),
      ),
    );
    await only(messageId);
    expect((await eventsOf(app.database.ownerUrl, other)).map(({ message_id: each }) => each)).toEqual([messageId]);
  });
});

it("asks callers to come back while the database can't keep up, and answers those whom it has let in", async () => {
  const tenant = await app.createTenant();
  const owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  const batchOf = () => ({
    batch: Array.from({ length: 2_000 }, () => ({ type: "track", event: "E", messageId: randomUUID() })),
  });
  const send = () => sendEvents(app, "/v1/batch", batchOf(), { "x-write-key": tenant.publishableKey });
  try {
    await owner.query("BEGIN; LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
    const sent = Array.from({ length: 8 }, send);
    const refused = await Promise.race(sent);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    await owner.query("COMMIT");
    const answers = await Promise.all(sent);
    const taken = answers.filter(({ status }) => status === 200).length;
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(8 - taken);
    expect(taken).toBeGreaterThanOrEqual(5); // a tenant's half of the queue
    const { rows } = await owner.query("SELECT count(*)::int AS count FROM event WHERE tenant_id = $1", [
      toUuid("Tenant", tenant.tenantId),
    ]);
    expect(rows).toEqual([{ count: taken * 2_000 }]);
  } finally {
    await owner.end();
  }
}, 60_000);

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

describe("privacy", () => {
  const page = {
    url: "https://shop.example/?utm_source=news&gclid=1&fbclid=2#top",
    referrer: "https://ads.example/?msclkid=3",
  };
  const visit = (headers: Record<string, string>, event: object = {}, context: object = {}) => {
    const messageId = newId();
    const events = [
      { type: "page", messageId, anonymousId: "a", userId: "u", properties: { ...page, gclid: "1" }, ...event },
    ];
    const body = { key: app.tenant.publishableKey, context: { page, sessionId: "s", ...context }, events };
    return sendEvents(app, "/collect", body, { "user-agent": chrome, ...headers }).then(() => only(messageId));
  };

  it.each([
    ["Sec-GPC", { "sec-gpc": "1" }, {}],
    ["DNT", { dnt: "1" }, {}],
    ["a refused consent", {}, { consent: { analytics: false } }],
    ["Segment's consent", {}, { consent: { categoryPreferences: { Analytics: false, Advertising: true } } }],
  ])("%s: no identifier and no click ids", async (_name, headers, context) => {
    const event = await visit(headers as Record<string, string>, {}, context);
    expect(event).toMatchObject({
      is_private: true,
      visitor_id: null,
      user_id: null,
      properties: { url: "https://shop.example/?utm_source=news#top", referrer: "https://ads.example/" },
      context: { page: { url: "https://shop.example/?utm_source=news#top" } },
    });
    expect(JSON.stringify(event)).not.toMatch(/gclid|fbclid|msclkid|sessionId/);
  });

  it("says nothing of who somebody is who wants no identifier", async () => {
    const messageId = newId();
    const answer = await sendEvents(
      app,
      "/v1/identify",
      { messageId, userId: "u", traits: { email: "a@b.example" } },
      { dnt: "1" },
    );
    expect([answer.status, await stored(messageId)]).toEqual([200, [[]]]);
  });

  it("stores an address only as a network, and never what a page says that it is", async () => {
    expect(await visit({}, {}, { ip: "203.0.113.77" })).toMatchObject({ network: "127.0.0.0/24", user_agent: chrome });
    const messageId = newId();
    const context = { ip: "2001:db8:1:2::3", userAgent: chrome };
    await sendEvents(app, "/v1/track", { event: "E", messageId, context });
    const event = await only(messageId);
    expect([event.network, event.context]).toEqual(["2001:db8:1::/48", {}]);
  });

  it("believes the proxy in front of it: whose address it is, and in which country", async () => {
    const proxied = await startApp({ database: app.database, tenant: app.tenant, env: { TRUST_PROXY: "true" } });
    try {
      const messageId = newId();
      const events = [{ type: "page", messageId, anonymousId: "a" }];
      const headers = { "x-forwarded-for": "2001:db8:1:2::3", "cf-ipcountry": "tn" };
      await sendEvents(proxied, "/collect", { key: app.tenant.publishableKey, events }, headers);
      expect(await only(messageId)).toMatchObject({ network: "2001:db8:1::/48", country: "TN" });
    } finally {
      await proxied[Symbol.asyncDispose]();
    }
  });

  it("tells visitors without an id apart for a day, with a salt that is destroyed then", async () => {
    const nameless = { anonymousId: undefined, userId: undefined };
    const [first, again, other] = [
      await visit({}, nameless),
      await visit({}, nameless),
      await visit({ "user-agent": `${chrome} Edg/150` }, nameless),
    ];
    expect(first.visitor_id).toMatch(/^d_[\w-]{22}$/);
    expect(again.visitor_id).toBe(first.visitor_id);
    expect(other.visitor_id).not.toBe(first.visitor_id);
  });

  it("keeps what isn't a person, and says so", async () => {
    expect(await visit({})).toMatchObject({ is_bot: false });
    expect(
      await visit({ "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }),
    ).toMatchObject({ is_bot: true });
    expect(await visit({ "sec-purpose": "prefetch;prerender" })).toMatchObject({ is_bot: true });
    const messageId = newId();
    await sendEvents(app, "/v1/track", { event: "E", messageId }, { "user-agent": "analytics-node-next/latest" });
    expect(await only(messageId)).toMatchObject({ is_bot: false }); // a program that tells of visitors is none of them
  });
});

/** A publishable key for one origin. */
async function limitedKey(): Promise<string> {
  const token = await ownerToken(app);
  const answer = await app.graphql(
    `mutation { createPublishableKey(input: { name: "shop", allowedOrigins: ["https://shop.example"] }) { secret userErrors { message } } }`,
    {},
    token,
  );
  return payload<{ secret: string }>(answer, "createPublishableKey").secret;
}
