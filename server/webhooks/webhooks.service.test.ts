import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Webhook } from "standardwebhooks";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { startReceiver } from "../../test/webhook-receiver.ts";
import { capture, createEndpoint, deliveriesOf, eventually, quickWebhooks } from "../../test/webhooks.ts";
import { journalTypes } from "../journal/journal-types.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ env: quickWebhooks });
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const mutate = async <Payload>(field: string, input: object, selection: string, credential?: string) => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { ${field}(input: $input) { ${selection} userErrors { code field } } }`;
  return payload<Payload & { userErrors: { code: string; field: string[] }[] }>(
    await app.graphql(query, { input }, credential),
    field,
  );
};

describe("a webhook endpoint", () => {
  it("gets each matching entry of the journal, signed, with the entry's data", async () => {
    await using receiver = await startReceiver();
    const { id, secret } = await createEndpoint(app, { url: receiver.url, eventTypes: ["lead.captured"] });
    await capture(app, "of-signed");
    const [webhook] = await receiver.arrived(1);
    if (webhook === undefined) throw new Error("nothing");
    expect(new Webhook(secret).verify(webhook.body, webhook.headers)).toEqual(webhook.event);
    expect(webhook.event).toMatchObject({ type: "lead.captured", data: { externalId: "of-signed" } });
    expect(webhook.headers).toMatchObject({ "content-type": "application/json", "user-agent": "Nexora" });
    const [delivery] = await eventually(
      () => deliveriesOf(app, id),
      ([first]) => first?.status === "SUCCEEDED",
    );
    expect(delivery).toMatchObject({
      id: webhook.id,
      type: "lead.captured",
      attemptCount: 1,
      lastStatusCode: 204,
      attempts: { nodes: [{ number: 1, outcome: "SUCCEEDED", statusCode: 204 }] },
    });
  });

  it("gets what its document makes of an entry, with its own scopes", async () => {
    await using receiver = await startReceiver();
    const document = "query ($subjectId: ID!) { lead(id: $subjectId) { externalId stage } }";
    const { id } = await createEndpoint(app, { url: receiver.url, eventTypes: ["lead.*"], document });
    await capture(app, "of-document");
    const [webhook] = await receiver.arrived(1);
    expect(webhook?.event.data).toEqual({ lead: { externalId: "of-document", stage: "NEW" } });
    const { body } = await mutate<{ body: string }>("dryRunWebhook", { id }, "body");
    expect(JSON.parse(body)).toEqual(webhook?.event);
    const other = await mutate<{ body: string }>(
      "dryRunWebhook",
      { id, document: "{ leads { nodes { id } } }" },
      "body",
    );
    expect(JSON.parse(other.body)).toMatchObject({
      type: "lead.captured",
      data: { leads: { nodes: expect.anything() } },
    });
    expect(await mutate("dryRunWebhook", { id, document: "{ members { nodes { id } } }" }, "body")).toMatchObject({
      userErrors: [{ code: "SCOPES_INVALID" }],
    });
  });

  it.each([
    ["URL_INVALID", { url: "nothing" }],
    ["URL_INVALID", { url: "ftp://example.com/" }],
    ["URL_INVALID", { url: "https://user:password@example.com/" }],
    ["DESCRIPTION_INVALID", { description: "x".repeat(501) }],
    ["EVENT_TYPES_INVALID", { eventTypes: ["lead"] }],
    ["EVENT_TYPES_INVALID", { eventTypes: ["lead.*", "nonsense.event"] }],
    ["EVENT_TYPES_INVALID", { eventTypes: ["lead.captred"] }],
    ["EVENT_TYPES_INVALID", { eventTypes: ["nonsense.*"] }],
    ["DOCUMENT_INVALID", { document: "{ nope }" }],
    ["DOCUMENT_INVALID", { document: "{" }],
    ["DOCUMENT_INVALID", { document: "mutation { signOut { userErrors { code } } }" }],
    ["DOCUMENT_INVALID", { document: "{ viewer { permissions } }" }],
    ["DOCUMENT_INVALID", { document: "{ __schema { types { name } } }" }],
    ["DOCUMENT_INVALID", { document: "query ($x: Int) { leads(first: $x) { nodes { id } } }" }],
    ["DOCUMENT_INVALID", { document: "query A { leads { nodes { id } } } query B { leads { nodes { id } } }" }],
    ["SCOPES_INVALID", { scopes: ["lead:read"] }],
    ["SCOPES_INVALID", { scopes: ["member:manage"] }],
    ["SCOPES_INVALID", { document: "{ leads { nodes { id } } }", scopes: ["journal:read"] }],
  ])("is refused with %s: %p", async (code, input) => {
    const refused = await mutate("createWebhookEndpoint", { url: "https://example.com/", ...input }, "endpoint { id }");
    expect(refused).toMatchObject({ endpoint: null, userErrors: [{ code }] });
  });

  it("has the types that the guide lists", async () => {
    const guide = await readFile("docs/guides/webhooks.md", "utf8");
    const listed = [...guide.matchAll(/^\| `(\w+)` +\| (`.+`) +\|$/gm)].flatMap(([, kind = "", whats = ""]) =>
      whats.split(", ").map((what) => `${kind}.${what.replaceAll("`", "")}`),
    );
    expect(listed).toEqual(journalTypes);
  });

  it("can't read more than whoever makes it", async () => {
    const key = await keyWith(["webhook:manage", "webhook:read", "lead:read"]);
    const url = "https://example.com/";
    expect(await mutate("createWebhookEndpoint", { url }, "endpoint { id }", key)).toMatchObject({
      userErrors: [{ code: "SCOPES_INVALID" }],
    });
    const { id } = await createEndpoint(app, { url, document: "{ leads { nodes { id } } }" }, key);
    const updated = await mutate(
      "updateWebhookEndpoint",
      { id, scopes: ["lead:read", "journal:read"] },
      "endpoint { id }",
      key,
    );
    expect(updated).toMatchObject({ userErrors: [{ code: "SCOPES_INVALID" }] });
    // Nor lead what another one reads to itself.
    const foreign = await createEndpoint(app, { url, isEnabled: false });
    const redirected = await mutate(
      "updateWebhookEndpoint",
      { id: foreign.id, url: "https://example.org/" },
      "endpoint { id }",
      key,
    );
    expect(redirected).toMatchObject({ userErrors: [{ code: "SCOPES_INVALID" }] });
    expect(await mutate("dryRunWebhook", { id: foreign.id }, "body", key)).toMatchObject({
      body: null,
      userErrors: [{ code: "SCOPES_INVALID" }],
    });
  });

  it("is changed by version, and says so in the journal", async () => {
    const { id } = await createEndpoint(app, { url: "https://example.com/a?token=hidden", isEnabled: false });
    const update = { id, expectedVersion: 1, description: "CRM", eventTypes: ["lead.captured", "lead.moved"] };
    const selection = "endpoint { version description eventTypes url }";
    const updated = await mutate("updateWebhookEndpoint", update, selection);
    expect(updated).toMatchObject({ endpoint: { version: 2, description: "CRM", eventTypes: update.eventTypes } });
    expect(await mutate("updateWebhookEndpoint", update, selection)).toMatchObject({
      endpoint: { version: 2 },
      userErrors: [{ code: "CONFLICT" }],
    });
    const deleted = await mutate<{ deletedId: string }>("deleteWebhookEndpoint", { id }, "deletedId");
    expect(deleted.deletedId).toBe(id);
    expect(await mutate("deleteWebhookEndpoint", { id }, "deletedId")).toMatchObject({
      userErrors: [{ code: "NOT_FOUND" }],
    });
    const types = ["webhook.created", "webhook.updated", "webhook.deleted"];
    const journal = await app.graphql(
      "query ($types: [String!]) { journal(last: 250, types: $types) { nodes { type subjectId data } } }",
      {
        types,
      },
    );
    const { nodes } = payload<{ nodes: { type: string; subjectId: string; data: unknown }[] }>(journal, "journal");
    const own = nodes.filter(({ subjectId }) => subjectId === id);
    expect(own.map(({ type }) => type)).toEqual(types);
    expect(JSON.stringify(own)).not.toContain("hidden");
  });

  it("signs with two secrets while one is changed for another", async () => {
    await using receiver = await startReceiver();
    const { id, secret } = await createEndpoint(app, { url: receiver.url, eventTypes: ["lead.captured"] });
    const rotated = await mutate<{ secret: string }>(
      "rotateWebhookSecret",
      { id },
      "secret endpoint { previousSecretExpiresAt }",
    );
    expect(rotated.secret).not.toBe(secret);
    await mutate("testWebhookEndpoint", { id }, "delivery { id status }");
    const [first] = await receiver.arrived(1);
    for (const each of [secret, rotated.secret]) {
      expect(new Webhook(each).verify(first?.body ?? "", first?.headers ?? {})).toMatchObject({ type: "webhook.test" });
    }
    await mutate("rotateWebhookSecret", { id, overlapHours: 0 }, "secret");
    await mutate("testWebhookEndpoint", { id }, "delivery { id }");
    const [, second] = await receiver.arrived(2);
    expect(() => new Webhook(rotated.secret).verify(second?.body ?? "", second?.headers ?? {})).toThrow();
  });

  it("goes on where it was when it is enabled again, and begins where it is told to", async () => {
    await using receiver = await startReceiver();
    const place = payload<string>(await app.graphql("{ eventCursor }"), "eventCursor");
    const { id } = await createEndpoint(app, {
      url: receiver.url,
      eventTypes: ["lead.captured"],
      after: place,
      isEnabled: false,
    });
    for (const each of ["one", "two", "three"]) await capture(app, `resumed-${each}`);
    expect(receiver.received).toEqual([]);
    await mutate("enableWebhookEndpoint", { id }, "endpoint { status }");
    const webhooks = await receiver.arrived(3);
    expect(new Set(webhooks.map(({ event }) => event.data["externalId"]))).toEqual(
      new Set(["resumed-one", "resumed-two", "resumed-three"]),
    );
    await mutate("disableWebhookEndpoint", { id }, "endpoint { status disabledReason }");
    await capture(app, "resumed-four");
    await mutate("enableWebhookEndpoint", { id }, "endpoint { status }");
    expect((await receiver.arrived(4))[3]?.event.data["externalId"]).toBe("resumed-four");
  });
});

async function keyWith(scopes: readonly string[]): Promise<string> {
  const signedIn = await app.graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }",
    { input: { email: app.tenant.ownerEmail, password: app.tenant.ownerPassword } },
    null,
  );
  const { accessToken } = payload<{ tokens: { accessToken: string } }>(signedIn, "signIn").tokens;
  const { secret } = await mutate<{ secret: string }>("createApiKey", { name: "some", scopes }, "secret", accessToken);
  return secret;
}
