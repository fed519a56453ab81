import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startApp, type TestApp } from "../../test/app.ts";
import { type Fault, type FlakyProxy, startFlakyProxy } from "../../test/flaky-proxy.ts";
import { freePort } from "../../test/free-port.ts";
import {
  AddLeadNoteDocument,
  BadUserInputError,
  CaptureLeadDocument,
  createNexora,
  ForbiddenError,
  IdempotencyError,
  JournalEntriesDocument,
  LeadCountDocument,
  LeadsDocument,
  NetworkError,
  type NexoraOptions,
  RateLimitedError,
  UnauthenticatedError,
  UnavailableError,
} from "./index.ts";

let app: TestApp;
let proxy: FlakyProxy;

beforeAll(async () => {
  app = await startApp();
  proxy = await startFlakyProxy(app.url);
});

afterAll(async () => {
  await proxy?.[Symbol.asyncDispose]();
  await app?.[Symbol.asyncDispose]();
});

const quick = { baseDelayMs: 10, maxDelayMs: 50 };

/** A client behind the proxy that meets these faults first. */
function client(faults: readonly Fault[] = [], options: Partial<NexoraOptions> = {}) {
  proxy.requests.length = 0;
  proxy.faults.splice(0, Infinity, ...faults);
  return createNexora({ url: proxy.url, credential: app.tenant.secretKey, retry: quick, ...options });
}

let people = 0;
const person = () => ({ email: `person-${(people += 1)}@example.com` });

function refusal(status: number, code: string, headers: Record<string, string> = {}): Fault {
  return {
    kind: "answer",
    status,
    headers,
    body: JSON.stringify({ errors: [{ message: "No.", extensions: { code } }] }),
  };
}

describe("errors", () => {
  it("has a class per code, with the request's id", async () => {
    const nobody = createNexora({ url: app.url });
    await expect(nobody.query(LeadsDocument)).rejects.toBeInstanceOf(UnauthenticatedError);
    const visitor = createNexora({ url: app.url, credential: app.tenant.publishableKey });
    const refused = await visitor.query(LeadsDocument).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ForbiddenError);
    expect(refused).toMatchObject({
      code: "FORBIDDEN",
      reason: "SCOPE",
      scope: "lead:read",
      requestId: expect.any(String),
    });
    const bad = await client()
      .query(LeadsDocument, { first: -1 })
      .catch((error: unknown) => error);
    expect(bad).toBeInstanceOf(BadUserInputError);
    expect(bad).toMatchObject({ path: ["leads"] });
  });

  it("leaves what a caller can expect in the data", async () => {
    const { accepted, userErrors } = await client().captureLead({ email: "nobody" });
    expect(accepted).toBe(false);
    expect(userErrors).toEqual([expect.objectContaining({ code: "EMAIL_INVALID", field: ["input", "email"] })]);
  });

  it("says so when there is no server", async () => {
    const port = await freePort();
    const nexora = createNexora({
      url: `http://127.0.0.1:${port}`,
      credential: "nx",
      retry: { ...quick, attempts: 2 },
    });
    await expect(nexora.query(LeadsDocument)).rejects.toBeInstanceOf(NetworkError);
  });
});

describe("repeating", () => {
  it("asks again after 429, not before Retry-After", async () => {
    const nexora = client([refusal(429, "RATE_LIMITED", { "retry-after": "1" })]);
    await nexora.query(LeadsDocument, { first: 1 });
    const [first, second] = proxy.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(950);
  });

  it("gives up at once when it would have to wait for too long, and tells how long", async () => {
    const nexora = client([refusal(429, "RATE_LIMITED", { "retry-after": "3600" })]);
    const error = await nexora.query(LeadsDocument).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAfterMs: 3_600_000 });
    expect(proxy.requests).toHaveLength(1);
  });

  it("repeats a query after lost connections and any 503, five times in all", async () => {
    const busy: Fault = { kind: "answer", status: 503, body: "<html>" };
    const nexora = client([{ kind: "cut" }, { kind: "lose-answer" }, busy, refusal(503, "UNAVAILABLE")]);
    await expect(nexora.query(LeadCountDocument)).resolves.toBeDefined();
    expect(proxy.requests).toHaveLength(5);
    client(Array.from({ length: 9 }, () => refusal(503, "UNAVAILABLE")));
    await expect(nexora.query(LeadCountDocument)).rejects.toBeInstanceOf(UnavailableError);
    expect(proxy.requests).toHaveLength(5);
  });

  it("repeats a mutation that surely wasn't executed, with the same idempotency key", async () => {
    const nexora = client([refusal(503, "UNAVAILABLE"), refusal(429, "RATE_LIMITED")]);
    await nexora.mutate(CaptureLeadDocument, { input: person() });
    await nexora.mutate(CaptureLeadDocument, { input: person() });
    const keys = proxy.requests.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toHaveLength(4);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[3]).not.toBe(keys[0]);
  });

  it("repeats a mutation that may have been executed: it has one effect, and the answer that was lost", async () => {
    const unavailable = (path: readonly string[]): Fault => ({
      kind: "answer",
      status: 200,
      body: JSON.stringify({ data: null, errors: [{ message: "No.", path, extensions: { code: "UNAVAILABLE" } }] }),
    });
    const faults: Fault[] = [{ kind: "lose-answer" }, unavailable(["addLeadNote"]), { kind: "cut" }];
    const { lead } = await client().captureLead(person());
    const id = lead?.id ?? "";
    for (const fault of faults) {
      const nexora = client([{ kind: "lose-answer" }, fault]);
      const { addLeadNote } = await nexora.mutate(AddLeadNoteDocument, { input: { id, body: "Called." } });
      expect(addLeadNote.note?.body).toBe("Called.");
      expect(proxy.requests).toHaveLength(3);
    }
    const notes = await app.graphql("query ($id: ID!) { lead(id: $id) { notes { nodes { body } } } }", { id });
    expect(notes.data).toEqual({ lead: { notes: { nodes: faults.map(() => ({ body: "Called." })) } } });
  });

  it("does a mutation once for a key of the caller's own, and refuses the key for another one", async () => {
    const idempotencyKey = "invoice 4711";
    const input = person();
    const first = await client().captureLead(input, { idempotencyKey });
    expect(await client().captureLead(input, { idempotencyKey })).toEqual(first);
    await expect(client().captureLead(person(), { idempotencyKey })).rejects.toBeInstanceOf(IdempotencyError);
    expect(proxy.requests).toHaveLength(1);
  });

  it("waits while the server still does the same", async () => {
    const running = refusal(409, "IDEMPOTENCY_CONCURRENT_REQUEST");
    const { accepted } = await client([running, running]).captureLead(person());
    expect(accepted).toBe(true);
    expect(proxy.requests).toHaveLength(3);
  });

  it("doesn't repeat a sign-in that may have been executed", async () => {
    const { ownerEmail: email, ownerPassword: password } = app.tenant;
    client([{ kind: "lose-answer" }]);
    const nexora = createNexora({ url: proxy.url, retry: quick });
    await expect(nexora.signIn({ email, password })).rejects.toBeInstanceOf(NetworkError);
    expect(proxy.requests).toHaveLength(1);
  });
});

describe("a sign-in", () => {
  const signIn = async (options: Partial<NexoraOptions> = {}) => {
    const { tenant } = app;
    const nexora = createNexora({ url: proxy.url, retry: quick, ...options });
    const { userErrors } = await nexora.signIn({ email: tenant.ownerEmail, password: tenant.ownerPassword });
    expect(userErrors).toEqual([]);
    return nexora;
  };
  const refreshes = () => proxy.requests.filter(({ body }) => body.includes(`"operationName":"RefreshSession"`)).length;

  it("is renewed once for all requests when it is about to expire", async () => {
    const { session } = await signIn();
    if (session === null) throw new Error("not signed in");
    const changes: unknown[] = [];
    client();
    const nexora = createNexora({
      url: proxy.url,
      session: { ...session, accessTokenExpiresAt: new Date(Date.now() + 5_000).toISOString() },
      onSessionChange: (changed) => changes.push(changed),
    });
    await Promise.all(Array.from({ length: 20 }, () => nexora.query(JournalEntriesDocument, { first: 1 })));
    expect(refreshes()).toBe(1);
    expect(changes).toEqual([nexora.session]);
    expect(nexora.session?.refreshToken).not.toBe(session.refreshToken);
  });

  it("is renewed once for all requests when the server refuses the token", async () => {
    const { session } = await signIn();
    if (session === null) throw new Error("not signed in");
    client();
    const nexora = createNexora({ url: proxy.url, session: { ...session, accessToken: `${session.accessToken}x` } });
    const limits = [1, 2, 3, 4, 5, 6];
    await Promise.all(limits.map((first) => nexora.query(JournalEntriesDocument, { first })));
    expect(refreshes()).toBe(1);
  });

  it("ends with a typed error when its refresh token was used before", async () => {
    const { session } = await signIn();
    if (session === null) throw new Error("not signed in");
    const stale = { ...session, accessToken: "stale" };
    const changes: unknown[] = [];
    await createNexora({ url: app.url, session: stale }).query(JournalEntriesDocument, { first: 1 });
    const copy = createNexora({ url: app.url, session: stale, onSessionChange: (changed) => changes.push(changed) });
    const error = await copy.query(JournalEntriesDocument, { first: 1 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(error).toMatchObject({ reason: "TOKEN_REUSED" });
    expect(changes).toEqual([null]);
  });

  it("is over after signing out", async () => {
    const nexora = await signIn();
    await nexora.query(JournalEntriesDocument, { first: 1 });
    await nexora.signOut();
    expect(nexora.session).toBeNull();
    await expect(nexora.query(JournalEntriesDocument, { first: 1 })).rejects.toBeInstanceOf(UnauthenticatedError);
  });

  it("tells a wrong password in the payload and stays signed out", async () => {
    const nexora = createNexora({ url: app.url });
    const { userErrors } = await nexora.signIn({ email: app.tenant.ownerEmail, password: "wrong" });
    expect(userErrors).toEqual([expect.objectContaining({ code: "INVALID_CREDENTIALS" })]);
    expect(nexora.session).toBeNull();
  });
});

describe("pages", () => {
  it("walks through a list, each row once", async () => {
    const nexora = client();
    const emails = Array.from({ length: 23 }, () => person().email);
    for (const email of emails) await nexora.captureLead({ email, source: "pages" });
    const seen: (string | null)[] = [];
    const variables = { first: 5, filter: { source: { eq: "pages" } } };
    for await (const lead of nexora.paginate(LeadsDocument, variables, (data) => data.leads)) seen.push(lead.email);
    expect(seen).toEqual(emails.toReversed());
    expect(proxy.requests.filter(({ body }) => body.includes(`"operationName":"Leads"`)).length).toBe(5);
  });
});
