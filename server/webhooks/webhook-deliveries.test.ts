import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { follow } from "../../test/live.ts";
import { type ReceivedWebhook, startReceiver } from "../../test/webhook-receiver.ts";
import {
  capture,
  createEndpoint,
  deliveriesOf,
  eventually,
  quickWebhooks,
  type ShownDelivery,
} from "../../test/webhooks.ts";
import { openDatabase } from "../../test/tenant-rows.ts";
import { createLog } from "../log.ts";
import { WebhookJanitor } from "./webhook-janitor.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ env: quickWebhooks });
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

interface Shown {
  readonly deliveries: readonly { readonly id: string; readonly status: string }[];
}

const eventTypes = ["lead.captured", "lead.updated"];
const nameOf = ({ event }: ReceivedWebhook) => String(event.data["externalId"]);
const isDone = ({ status }: ShownDelivery) => status !== "PENDING";

const change = async (field: string, input: object, selection: string) => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { ${field}(input: $input) { ${selection} userErrors { code } } }`;
  return payload<Record<string, unknown>>(await app.graphql(query, { input }), field);
};

const endpointOf = async (id: string) =>
  payload<Record<string, unknown>>(
    await app.graphql(
      "query ($id: ID!) { webhookEndpoint(id: $id) { status disabledReason circuit failingSince pausedUntil } }",
      { id },
    ),
    "webhookEndpoint",
  );

describe("a delivery that fails", () => {
  it("is tried again with the same id, and holds back later ones of its subject only", async () => {
    let failures = 3;
    await using receiver = await startReceiver((webhook, response) => {
      const fails = nameOf(webhook) === "held" && failures-- > 0;
      response.writeHead(fails ? 500 : 204).end(fails ? "not now" : "");
    });
    const { id } = await createEndpoint(app, { url: receiver.url, eventTypes });
    await capture(app, "held");
    await capture(app, "held");
    await capture(app, "free");
    const deliveries = await eventually(
      () => deliveriesOf(app, id),
      (all) => all.length === 3 && all.every(isDone),
    );
    expect(deliveries.map(({ status }) => status)).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
    const [first, second] = deliveries;
    expect(first?.attempts.nodes.map(({ outcome }) => outcome)).toEqual([
      "HTTP_ERROR",
      "HTTP_ERROR",
      "HTTP_ERROR",
      "SUCCEEDED",
    ]);
    expect(first?.attempts.nodes[0]).toMatchObject({ number: 1, statusCode: 500, answer: "not now" });
    const ids = receiver.received.map((webhook) => webhook.id);
    const held = ids.filter((each) => each === first?.id || each === second?.id);
    expect(held).toEqual([first?.id, first?.id, first?.id, first?.id, second?.id]);
    expect(receiver.received.findIndex((webhook) => nameOf(webhook) === "free")).toBeLessThan(4);
  });

  it("isn't tried again after another 4xx or a redirect, and the next one of its subject follows", async () => {
    const statuses = [404, 302, 204];
    await using receiver = await startReceiver(
      (_webhook, response) =>
        void response.writeHead(statuses.shift() ?? 204, { location: "https://example.com/" }).end(),
    );
    const { id } = await createEndpoint(app, { url: receiver.url, eventTypes });
    for (let count = 0; count < 3; count += 1) await capture(app, "refused");
    const deliveries = await eventually(
      () => deliveriesOf(app, id),
      (all) => all.length === 3 && all.every(isDone),
    );
    expect(deliveries.map(({ status, lastStatusCode }) => [status, lastStatusCode])).toEqual([
      ["FAILED", 404],
      ["FAILED", 302],
      ["SUCCEEDED", 204],
    ]);
    expect(receiver.received).toHaveLength(3);
  });

  it("waits as long as Retry-After says", async () => {
    const times: number[] = [];
    await using receiver = await startReceiver((_webhook, response) => {
      times.push(Date.now());
      response.writeHead(times.length === 1 ? 429 : 204, { "retry-after": "1" }).end();
    });
    const { id } = await createEndpoint(app, { url: receiver.url, eventTypes });
    await capture(app, "throttled");
    await receiver.arrived(2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(950);
    await eventually(
      () => deliveriesOf(app, id),
      ([first]) => first?.status === "SUCCEEDED",
    );
  });

  it("fails for good after twelve attempts, while others get through", async () => {
    await using receiver = await startReceiver(
      (webhook, response) => void response.writeHead(nameOf(webhook) === "hopeless" ? 500 : 204).end(),
    );
    const { id } = await createEndpoint(app, { url: receiver.url, eventTypes });
    await capture(app, "hopeless");
    const others = setInterval(() => void capture(app, `well-${Math.random()}`), 100);
    const [delivery] = await eventually(
      () => deliveriesOf(app, id, { status: { eq: "FAILED" } }),
      (all) => all.length > 0,
      60_000,
    ).finally(() => clearInterval(others));
    expect(delivery).toMatchObject({ attemptCount: 12, nextAttemptAt: null });
    expect(await endpointOf(id)).toMatchObject({ status: "ENABLED" });

    const resent = await change("resendWebhookDelivery", { id: delivery?.id }, "delivery { id status }");
    expect(resent).toMatchObject({ delivery: { id: delivery?.id, status: "PENDING" } });
    const isSentAgain = () => receiver.received.filter((webhook) => webhook.id === delivery?.id).length > 12;
    await eventually(() => Promise.resolve(isSentAgain()), Boolean);
  }, 90_000);
});

describe("an endpoint that fails", () => {
  it("is spared by its circuit, then disabled, never deleted, and goes on where it was", async () => {
    let isDown = true;
    await using receiver = await startReceiver(
      (_webhook, response) => void response.writeHead(isDown ? 503 : 204).end(),
    );
    const { id } = await createEndpoint(app, { url: receiver.url, eventTypes: ["lead.captured"] });
    for (let count = 0; count < 20; count += 1) await capture(app, `down-${count}`);
    await eventually(
      () => endpointOf(id),
      ({ status }) => status === "DISABLED",
    );
    expect(await endpointOf(id)).toMatchObject({ disabledReason: "FAILING" });
    const tried = receiver.received.length;
    // Without a circuit it would be up to 240.
    expect(tried).toBeLessThan(120);
    const deliveries = await deliveriesOf(app, id);
    expect(deliveries.every(({ status }) => status === "PENDING")).toBe(true);
    const journal = await app.graphql('{ journal(last: 5, types: ["webhook.disabled"]) { nodes { subjectId data } } }');
    expect(payload<{ nodes: unknown[] }>(journal, "journal").nodes).toContainEqual({
      subjectId: id,
      data: expect.objectContaining({ reason: "FAILING" }),
    });
    await capture(app, "while-disabled");

    isDown = false;
    expect(await change("enableWebhookEndpoint", { id }, "endpoint { status circuit }")).toMatchObject({
      endpoint: { status: "ENABLED", circuit: "CLOSED" },
    });
    const all = await eventually(
      () => deliveriesOf(app, id),
      (each) => each.length === 21 && each.every(isDone),
    );
    expect(all.every(({ status }) => status === "SUCCEEDED")).toBe(true);
    const succeeded = receiver.received.slice(tried).map(nameOf);
    expect(new Set(succeeded)).toEqual(
      new Set([...Array(20).keys()].map((count) => `down-${count}`).concat("while-disabled")),
    );
    expect(succeeded).toHaveLength(21);
  });
});

describe("replaying", () => {
  it("delivers a range again under the same ids, and what was never delivered", async () => {
    await using receiver = await startReceiver();
    const place = payload<string>(await app.graphql("{ eventCursor }"), "eventCursor");
    await capture(app, "before-the-endpoint");
    const { id } = await createEndpoint(app, { url: receiver.url, eventTypes: ["lead.captured"] });
    await capture(app, "after-it");
    const [first] = await receiver.arrived(1);
    await eventually(
      () => deliveriesOf(app, id),
      (all) => all.every(isDone),
    );
    const replayed = await change("replayWebhookDeliveries", { endpointId: id, after: place }, "deliveries cursor");
    expect(replayed).toMatchObject({ deliveries: 2, userErrors: [] });
    const again = (await receiver.arrived(3)).slice(1);
    expect(again.map(nameOf).toSorted()).toEqual(["after-it", "before-the-endpoint"]);
    expect(again.find((webhook) => nameOf(webhook) === "after-it")?.id).toBe(first?.id);
  });

  it.each([{}, { from: "2026-01-01T00:00:00Z", to: "2025-01-01T00:00:00Z" }])("refuses the range %p", async (range) => {
    const { id } = await createEndpoint(app, { url: "https://example.com/", isEnabled: false });
    const refused = await change("replayWebhookDeliveries", { endpointId: id, ...range }, "deliveries");
    expect(refused).toMatchObject({ deliveries: null, userErrors: [{ code: "RANGE_INVALID" }] });
  });
});

describe("the log", () => {
  it("tests an endpoint once, also a disabled one", async () => {
    await using receiver = await startReceiver((_webhook, response) => void response.writeHead(500).end());
    const { id } = await createEndpoint(app, { url: receiver.url, isEnabled: false });
    expect(await change("testWebhookEndpoint", { id }, "delivery { kind type status }")).toMatchObject({
      delivery: { kind: "TEST", type: "webhook.test", status: "PENDING" },
    });
    const [test] = await eventually(
      () => deliveriesOf(app, id),
      (all) => all.every(isDone),
    );
    expect(test).toMatchObject({ status: "FAILED", attemptCount: 1, attempts: { nodes: [{ outcome: "HTTP_ERROR" }] } });
  });

  it("is followed live", async () => {
    await using receiver = await startReceiver();
    const { id } = await createEndpoint(app, { url: receiver.url, eventTypes: ["lead.captured"] });
    await using followed = follow({
      url: app.url,
      credential: app.tenant.secretKey,
      query: `subscription ($id: ID!) {
        webhookDeliveryChanged(endpointId: $id) { deliveries { id status attempts(first: 5) { nodes { outcome } } } }
      }`,
      variables: { id },
    });
    const [first] = await followed.until(1);
    expect(first?.data).toEqual({ webhookDeliveryChanged: { deliveries: [] } });
    await capture(app, "followed");
    const [webhook] = await receiver.arrived(1);
    const seen = () =>
      followed.results.flatMap(({ data }) => (data?.["webhookDeliveryChanged"] as Shown | undefined)?.deliveries ?? []);
    const shown = await eventually(
      () => Promise.resolve(seen()),
      (all) => all.some(({ status }) => status === "SUCCEEDED"),
    );
    expect(new Set(shown.map((delivery) => delivery.id))).toEqual(new Set([webhook?.id]));
    expect(shown.at(-1)).toMatchObject({ status: "SUCCEEDED", attempts: { nodes: [{ outcome: "SUCCEEDED" }] } });
  });

  it("filters by status, type and time", async () => {
    await using receiver = await startReceiver();
    const { id } = await createEndpoint(app, { url: receiver.url, eventTypes: ["lead.captured"] });
    await capture(app, "filtered");
    await change("testWebhookEndpoint", { id }, "delivery { id }");
    await receiver.arrived(2);
    await eventually(
      () => deliveriesOf(app, id),
      (all) => all.length === 2 && all.every(isDone),
    );
    const types = async (filter: Record<string, unknown>) =>
      (await deliveriesOf(app, id, filter)).map(({ type }) => type);
    expect(await types({ status: { eq: "SUCCEEDED" }, type: { eq: "webhook.test" } })).toEqual(["webhook.test"]);
    expect(await types({ type: { startsWith: "lead." } })).toEqual(["lead.captured"]);
    expect(await types({ status: { in: ["FAILED", "PENDING"] } })).toEqual([]);
    expect(await types({ createdAt: { lt: "-P1D" } })).toEqual([]);
    expect(await types({ createdAt: { gte: "-PT1H" } })).toHaveLength(2);
  });

  it("forgets what ended long ago, and nothing that is pending", async () => {
    await using receiver = await startReceiver();
    const { id } = await createEndpoint(app, { url: receiver.url, eventTypes: ["lead.captured"] });
    await capture(app, "forgotten");
    await receiver.arrived(1);
    await eventually(
      () => deliveriesOf(app, id),
      ([first]) => first?.status === "SUCCEEDED",
    );
    await change("disableWebhookEndpoint", { id }, "endpoint { status }");
    const dayMs = 86_400_000;
    await using database = openDatabase(app.database.appUrl);
    const janitor = new WebhookJanitor({ database, log: createLog({ level: "silent" }), keepMs: 30 * dayMs });
    await janitor.sweep(new Date(Date.now() + 29 * dayMs));
    expect(await deliveriesOf(app, id)).toHaveLength(1);
    await janitor.sweep(new Date(Date.now() + 31 * dayMs));
    expect(await deliveriesOf(app, id)).toEqual([]);
  });

  it("holds no secret and no payload", async () => {
    await using receiver = await startReceiver();
    const { secret } = await createEndpoint(app, { url: receiver.url, eventTypes: ["lead.captured"] });
    await capture(app, "marker-of-a-payload");
    await receiver.arrived(1);
    const owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
    try {
      let dump = "";
      for (const table of ["webhook_endpoint", "webhook_delivery", "webhook_attempt"]) {
        const { rows } = await owner.query<{ text: string }>(`SELECT t::text AS text FROM ${table} t`);
        dump += rows.map(({ text }) => text).join("\n");
      }
      const bytes = Buffer.from(secret.slice("whsec_".length), "base64");
      for (const form of [secret, bytes.toString("hex"), "marker-of-a-payload"]) expect(dump).not.toContain(form);
      expect(dump).toContain("lead.captured");
    } finally {
      await owner.end();
    }
  });
});
