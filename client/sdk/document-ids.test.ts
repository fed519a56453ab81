import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { cacheExchange, gql } from "@urql/core";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { type FlakyProxy, startFlakyProxy } from "../../test/flaky-proxy.ts";
import {
  CaptureLeadDocument,
  createNexora,
  EventCursorDocument,
  ForbiddenError,
  JournalDocument,
  LeadCountDocument,
  LeadsDocument,
  type NexoraOptions,
} from "./index.ts";

let app: TestApp;
let proxy: FlakyProxy;
let trustedOnly: string;

beforeAll(async () => {
  app = await startApp();
  proxy = await startFlakyProxy(app.url);
  const { ownerEmail: email, ownerPassword: password } = app.tenant;
  const signedIn = await app.graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }",
    { input: { email, password } },
    null,
  );
  const { accessToken } = payload<{ tokens: { accessToken: string } }>(signedIn, "signIn").tokens;
  const created = await app.graphql(
    `mutation { createApiKey(input: { name: "only", scopes: ["lead:read", "lead:capture", "journal:read"], documentMode: ONLY }) {
      secret userErrors { code }
    } }`,
    {},
    accessToken,
  );
  trustedOnly = payload<{ secret: string }>(created, "createApiKey").secret;
});

afterAll(async () => {
  await proxy?.[Symbol.asyncDispose]();
  await app?.[Symbol.asyncDispose]();
});

function client(options: Partial<NexoraOptions> = {}) {
  proxy.requests.length = 0;
  return createNexora({ url: proxy.url, credential: trustedOnly, ...options });
}

/** A document that the server has never seen under its id. */
const unknown = <Document extends object>(document: Document): Document => ({
  ...document,
  __meta__: { hash: "0".repeat(64) },
});

const bodies = () => proxy.requests.map(({ body }) => JSON.parse(body) as { query?: string; documentId?: string });

it("names its own documents by their ids, which every server of its version trusts", async () => {
  const nexora = client();
  expect((await nexora.captureLead({ email: "somebody@example.com" })).accepted).toBe(true);
  expect((await nexora.query(LeadsDocument, { first: 1 })).leads.nodes).toHaveLength(1);
  for (const body of bodies()) {
    expect(body.documentId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(body.query).toBeUndefined();
  }
  expect(bodies()).toHaveLength(2);
});

it("follows a feed by the document's id", async () => {
  const nexora = createNexora({ url: app.url, credential: trustedOnly });
  const entries = nexora.subscribe(JournalDocument);
  await entries.whenLive();
  await nexora.captureLead({ email: "follower@example.com" });
  expect((await entries.next()).value?.journal).toMatchObject({ type: "lead.captured" });
  entries.close();
  await nexora.close();
});

it("sends the text when the server doesn't know the id, and goes on with texts", async () => {
  const nexora = client({ credential: app.tenant.secretKey });
  for (let time = 0; time < 2; time += 1) await nexora.query(unknown(LeadCountDocument));
  expect(bodies().map(({ query, documentId }) => [query !== undefined, documentId !== undefined])).toEqual([
    [false, true],
    [true, false],
    [true, false],
  ]);
});

it("does so for a feed, too", async () => {
  const nexora = createNexora({ url: app.url, credential: app.tenant.secretKey });
  const entries = nexora.subscribe(unknown(JournalDocument));
  await entries.whenLive();
  await nexora.captureLead({ email: "unknown@example.com" });
  expect((await entries.next()).value?.journal).toMatchObject({ type: "lead.captured" });
  entries.close();
  await nexora.close();
});

it("says so when the server wants trusted documents and this isn't one", async () => {
  const own = gql`
    query Own {
      leads(first: 0) {
        totalCount
      }
    }
  `;
  const refused = await client()
    .query(unknown(own))
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ForbiddenError);
  expect(refused).toMatchObject({ reason: "DOCUMENT_NOT_TRUSTED" });
});

describe("urql", () => {
  it("names documents by their ids, too", async () => {
    const nexora = client();
    expect((await nexora.urql.query(LeadsDocument, { first: 1 }).toPromise()).error).toBeUndefined();
    const input = { email: "urql@example.com" };
    const captured = await nexora.urql.mutation(CaptureLeadDocument, { input }).toPromise();
    expect(captured.data?.captureLead.accepted).toBe(true);
    expect(bodies().map(({ query, documentId }) => [query, documentId?.slice(0, 7)])).toEqual([
      [undefined, "sha256:"],
      [undefined, "sha256:"],
    ]);
  });

  it("follows a feed by the document's id", async () => {
    const nexora = createNexora({ url: app.url, credential: trustedOnly });
    const { eventCursor: after } = await nexora.query(EventCursorDocument);
    await nexora.captureLead({ email: "urql-follower@example.com" });
    const update = await new Promise((resolve) => {
      const running = nexora.urql.subscription(JournalDocument, { after }).subscribe(({ data, error }) => {
        running.unsubscribe();
        resolve(error ?? data?.journal);
      });
    });
    expect(update).toMatchObject({ type: "lead.captured" });
    await nexora.close();
  });

  it("sends the text when the server doesn't know the id, and goes on with texts", async () => {
    const nexora = client({ credential: app.tenant.secretKey });
    const total = gql<{ leads: { totalCount: number } }>`
      query Total {
        leads(first: 0) {
          totalCount
        }
      }
    `;
    const document = Object.assign(total, { __meta__: { hash: "1".repeat(64) } }); // urql keeps the very document
    for (let time = 0; time < 2; time += 1) {
      const { data } = await nexora.urql.query(document, {}, { requestPolicy: "network-only" }).toPromise();
      expect(data?.leads.totalCount).toBeGreaterThan(0);
    }
    expect(bodies().map(({ query, documentId }) => [query !== undefined, documentId !== undefined])).toEqual([
      [false, true],
      [true, false],
      [true, false],
    ]);
  });

  it("sends the text of a document that an exchange has changed, though its hash is still there", async () => {
    const nexora = client({ credential: app.tenant.secretKey, exchanges: [cacheExchange] });
    const { data } = await nexora.urql.query(LeadsDocument, { first: 1 }).toPromise();
    expect(data?.leads.nodes[0]).toMatchObject({ __typename: "Lead" });
    expect(bodies()).toMatchObject([{ query: expect.stringContaining("__typename") }]);
  });

  it("names a document that exchanges had nothing to add to", async () => {
    const nexora = client({ exchanges: [cacheExchange] });
    expect((await nexora.urql.query(EventCursorDocument, {}).toPromise()).data?.eventCursor).toBeDefined();
    expect(bodies()).toMatchObject([{ documentId: expect.stringMatching(/^sha256:/) }]);
  });
});

it("sends the text of a document that an exchange has changed", async () => {
  const nexora = client({ credential: app.tenant.secretKey, exchanges: [cacheExchange] });
  await nexora.query(LeadsDocument, { first: 1 });
  expect(bodies()).toMatchObject([{ query: expect.stringContaining("__typename") }]);
});
