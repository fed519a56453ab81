import { describe, expect, it } from "@jest/globals";
import { WebSocket as NodeWebSocket } from "ws";
import { AccessTokens, accessTokenLifetimeMs } from "../../server/auth/access-tokens.ts";
import { SigningKeys } from "../../server/auth/signing-keys.ts";
import { startApp, type TestApp, testSecret } from "../../test/app.ts";
import { createTestDatabase } from "../../test/database.ts";
import { freePort } from "../../test/free-port.ts";
import { openDatabase } from "../../test/tenant-rows.ts";
import {
  BadCursorError,
  createNexora,
  EventCursorDocument,
  ForbiddenError,
  JournalDocument,
  type JournalSubscription,
  type Nexora,
  RefreshSessionDocument,
  type Session,
  type Subscription,
  type SubscriptionState,
  UnauthenticatedError,
} from "./index.ts";

const quick = { baseDelayMs: 20, maxDelayMs: 200 };

let people = 0;
const capture = (nexora: Nexora, count: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      nexora.captureLead({ email: `live-${(people += 1)}@example.com`, source: "live" }),
    ),
  );

async function take(subscription: Subscription<JournalSubscription>, count: number): Promise<number[]> {
  const positions: number[] = [];
  while (positions.length < count) {
    const { done, value } = await subscription.next();
    if (done === true) throw new Error(`the feed ended after ${positions.length}`);
    if (value.journal.__typename !== "JournalEntry") throw new Error(value.journal.__typename);
    positions.push(value.journal.position);
  }
  return positions;
}

const range = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

/** Signs in with an access token that expires soon, although the client believes in it. */
async function signInFor(app: TestApp, nexora: Nexora, lifetimeMs: number): Promise<Session> {
  await nexora.signIn({ email: app.tenant.ownerEmail, password: app.tenant.ownerPassword });
  const { session } = nexora;
  if (session === null) throw new Error("not signed in");
  await using database = openDatabase(app.database.appUrl);
  const keys = new SigningKeys({
    database,
    secret: testSecret,
    clock: () => new Date(),
    tokenLifetimeMs: accessTokenLifetimeMs,
  });
  const tokens = new AccessTokens(keys);
  const verdict = await tokens.verify(session.accessToken, new Date());
  if (verdict.outcome !== "VALID") throw new Error(verdict.outcome);
  const issuedAt = new Date(Date.now() - accessTokenLifetimeMs + lifetimeMs);
  const { token } = await tokens.sign(verdict.claims, issuedAt);
  const shortened = { ...session, accessToken: token };
  nexora.useSession(shortened);
  return shortened;
}

describe("a subscription", () => {
  it("delivers what happens from now on, and ends when it is aborted", async () => {
    await using app = await startApp();
    const nexora = createNexora({ url: app.url, credential: app.tenant.secretKey });
    const states: SubscriptionState[] = [];
    const abort = new AbortController();
    const feed = nexora.subscribe(
      JournalDocument,
      { types: ["lead.captured"] },
      { signal: abort.signal, onState: (state) => states.push(state) },
    );
    await feed.whenLive();
    await capture(nexora, 3);
    const positions = await take(feed, 3);
    expect(positions).toEqual(range(positions[0] ?? 0, 3));
    expect(states).toEqual(["connecting", "catching-up", "live"]);
    abort.abort();
    await expect(feed.next()).resolves.toEqual({ done: true, value: undefined });
  });

  it("replays from a place and goes on from the cursor that the loop had reached", async () => {
    await using app = await startApp();
    const nexora = createNexora({ url: app.url, credential: app.tenant.secretKey });
    const { eventCursor } = await nexora.query(EventCursorDocument);
    await capture(nexora, 10);
    const first = nexora.subscribe(JournalDocument, { after: eventCursor });
    const read = await take(first, 4);
    const { cursor } = first;
    first.close();
    if (cursor === undefined) throw new Error("no cursor");
    const second = nexora.subscribe(JournalDocument, { after: cursor });
    expect([...read, ...(await take(second, 6))]).toEqual(range(read[0] ?? 0, 10));
    second.close();
  });

  it("survives restarts of the server: each entry once, in order", async () => {
    await using database = await createTestDatabase();
    const port = await freePort();
    let app = await startApp({ database, port });
    const { tenant } = app;
    const nexora = createNexora({ url: app.url, credential: tenant.secretKey, retry: quick });
    const states: SubscriptionState[] = [];
    const feed = nexora.subscribe(JournalDocument, {}, { onState: (state) => states.push(state) });
    const twin = nexora.subscribe(JournalDocument, {});
    try {
      await Promise.all([feed.whenLive(), twin.whenLive()]);
      let written = 0;
      for (let round = 0; round < 3; round++) {
        await capture(nexora, 5);
        await app.stop();
        // Somebody writes while the client can't reach its server.
        await using other = await startApp({ database, tenant });
        await capture(createNexora({ url: other.url, credential: tenant.secretKey }), 20);
        app = await startApp({ database, tenant, port });
        await capture(nexora, 5);
        await feed.whenLive();
        written += 30;
      }
      const positions = await take(feed, written);
      expect(positions).toEqual(range(positions[0] ?? 0, written));
      expect(await take(twin, written)).toEqual(positions);
      expect(states.filter((state) => state === "connecting").length).toBe(4);
    } finally {
      feed.close();
      twin.close();
      await app.stop();
    }
  }, 60_000);

  it("waits for a server that isn't up yet", async () => {
    await using database = await createTestDatabase();
    await using first = await startApp({ database });
    const { tenant } = first;
    const port = await freePort();
    const nexora = createNexora({ url: `http://127.0.0.1:${port}`, credential: tenant.secretKey, retry: quick });
    const feed = nexora.subscribe(JournalDocument, {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(feed.state).toBe("connecting");
    await using app = await startApp({ database, tenant, port });
    await feed.whenLive();
    await capture(nexora, 1);
    expect(await take(feed, 1)).toHaveLength(1);
    feed.close();
    expect(app.port).toBe(port);
  });

  it("leaves with the server what its loop doesn't take, and loses none of it", async () => {
    await using app = await startApp();
    const nexora = createNexora({ url: app.url, credential: app.tenant.secretKey });
    const { eventCursor } = await nexora.query(EventCursorDocument);
    for (let batch = 0; batch < 22; batch++) await capture(nexora, 50);
    const feed = nexora.subscribe(JournalDocument, { after: eventCursor });
    await new Promise((resolve) => setTimeout(resolve, 500)); // 1,000 have arrived, 100 haven't
    const positions = await take(feed, 1_100);
    expect(positions).toEqual(range(positions[0] ?? 0, 1_100));
    feed.close();
  }, 60_000);
});

describe("a subscription that was away for too long", () => {
  it("is told what it missed, and goes on", async () => {
    await using app = await startApp({ env: { JOURNAL_REPLAY_LIMIT: "5" } });
    const nexora = createNexora({ url: app.url, credential: app.tenant.secretKey });
    const { eventCursor } = await nexora.query(EventCursorDocument);
    await capture(nexora, 8);
    const feed = nexora.subscribe(JournalDocument, { after: eventCursor });
    const first = await feed.next();
    expect(first.value?.journal).toMatchObject({ __typename: "Lagged", missed: 8, resumeAt: feed.cursor });
    await capture(nexora, 1);
    expect(await take(feed, 1)).toHaveLength(1);
    feed.close();
  });
});

describe("a subscription that can't go on", () => {
  it("throws a typed error", async () => {
    await using app = await startApp();
    const unknown = createNexora({ url: app.url, credential: "nx_live_nobody" });
    await expect(unknown.subscribe(JournalDocument).next()).rejects.toBeInstanceOf(UnauthenticatedError);
    const visitor = createNexora({ url: app.url, credential: app.tenant.publishableKey });
    const refused = await visitor
      .subscribe(JournalDocument)
      .next()
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ForbiddenError);
    expect(refused).toMatchObject({ scope: "journal:read", requestId: expect.any(String) });
    const nexora = createNexora({ url: app.url, credential: app.tenant.secretKey });
    await expect(nexora.subscribe(JournalDocument, { after: "nonsense" }).next()).rejects.toBeInstanceOf(
      BadCursorError,
    );
  });
});

describe("a signed-in subscription", () => {
  it("comes back with a new token when the old one is refused", async () => {
    await using app = await startApp();
    const nexora = createNexora({ url: app.url, retry: quick });
    await nexora.signIn({ email: app.tenant.ownerEmail, password: app.tenant.ownerPassword });
    if (nexora.session === null) throw new Error("not signed in");
    nexora.useSession({ ...nexora.session, accessToken: "stale" });
    const feed = nexora.subscribe(JournalDocument);
    await feed.whenLive();
    expect(nexora.session.accessToken).not.toBe("stale");
    feed.close();
  });

  it("comes back with a new token when the old one has expired, and misses nothing", async () => {
    await using app = await startApp();
    const nexora = createNexora({ url: app.url, retry: quick });
    const session = await signInFor(app, nexora, 2_000);
    const states: SubscriptionState[] = [];
    const feed = nexora.subscribe(
      JournalDocument,
      { types: ["lead.captured"] },
      { onState: (state) => states.push(state) },
    );
    await feed.whenLive();
    const writer = createNexora({ url: app.url, credential: app.tenant.secretKey });
    for (let second = 0; second < 5; second++) {
      await capture(writer, 3);
      await new Promise((resolve) => setTimeout(resolve, 800));
    }
    const positions = await take(feed, 15);
    expect(new Set(positions).size).toBe(15);
    expect(positions).toEqual(positions.toSorted((one, other) => one - other));
    expect(states.filter((state) => state === "connecting")).toHaveLength(2);
    expect(nexora.session?.accessToken).not.toBe(session.accessToken);
    feed.close();
  });

  it("keeps its socket when the token is renewed in time", async () => {
    await using app = await startApp();
    const nexora = createNexora({ url: app.url, retry: quick });
    const session = await signInFor(app, nexora, 3_000);
    const states: SubscriptionState[] = [];
    const feed = nexora.subscribe(JournalDocument, {}, { onState: (state) => states.push(state) });
    await feed.whenLive();
    const { refreshSession } = await createNexora({ url: app.url }).mutate(RefreshSessionDocument, {
      input: { refreshToken: session.refreshToken },
    });
    nexora.useSession(refreshSession.tokens);
    await new Promise((resolve) => setTimeout(resolve, 4_000)); // the first token has expired by now
    expect(states).toEqual(["connecting", "catching-up", "live"]);
    feed.close();
  });

  it("ends when the sign-in has ended", async () => {
    await using app = await startApp();
    const { ownerEmail: email, ownerPassword: password } = app.tenant;
    const nexora = createNexora({ url: app.url, retry: quick });
    await nexora.signIn({ email, password });
    const feed = nexora.subscribe(JournalDocument);
    await feed.whenLive();
    const elsewhere = createNexora({ url: app.url, session: nexora.session });
    await elsewhere.signOut();
    const ended = (async () => {
      for await (const _ of feed) continue;
    })();
    await expect(ended).rejects.toBeInstanceOf(UnauthenticatedError);
    expect(nexora.session).toBeNull();
  });
});

describe("urql", () => {
  it("gets the same subscriptions", async () => {
    await using app = await startApp();
    const nexora = createNexora({ url: app.url, credential: app.tenant.secretKey });
    const { eventCursor } = await nexora.query(EventCursorDocument);
    await capture(nexora, 2);
    const types = await new Promise<string[]>((resolve) => {
      const seen: string[] = [];
      const running = nexora.urql.subscription(JournalDocument, { after: eventCursor }).subscribe(({ data }) => {
        seen.push(data?.journal.__typename ?? "nothing");
        if (seen.length === 2) {
          running.unsubscribe();
          resolve(seen);
        }
      });
    });
    expect(types).toEqual(["JournalEntry", "JournalEntry"]);
  });
});

describe("without a global WebSocket, as on Node 20", () => {
  it("queries, and subscribes with that of the package ws, or with a class that it is given", async () => {
    await using app = await startApp();
    const globalWebSocket = globalThis.WebSocket;
    Reflect.deleteProperty(globalThis, "WebSocket");
    try {
      const options = { url: app.url, credential: app.tenant.secretKey };
      const without = createNexora(options);
      await without.query(EventCursorDocument);
      for (const client of [without, createNexora({ ...options, webSocketImpl: NodeWebSocket })]) {
        const feed = client.subscribe(JournalDocument);
        await feed.whenLive();
        feed.close();
      }
    } finally {
      globalThis.WebSocket = globalWebSocket;
    }
  });
});
