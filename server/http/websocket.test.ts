import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import pg from "pg";
import { WebSocket } from "ws";
import { payload, startApp, type TestApp, testSecret, type TestTenant } from "../../test/app.ts";
import { capture, entriesOf, eventually, follow, followJournal } from "../../test/live.ts";
import { openDatabase } from "../../test/tenant-rows.ts";
import { accessTokenLifetimeMs, AccessTokens } from "../auth/access-tokens.ts";
import { SigningKeys } from "../auth/signing-keys.ts";
import { toUuid } from "../operations/ids.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const followWith = (variables: Record<string, unknown> = {}) =>
  follow({ url: app.url, credential: app.tenant.secretKey, query: followJournal, variables });

async function place(): Promise<string> {
  return String((await app.graphql(`{ eventCursor }`)).data?.["eventCursor"]);
}

/** Sends protocol messages by hand. */
async function rawSocket(credential: string | null = app.tenant.secretKey, protocol = "graphql-transport-ws") {
  const socket = new WebSocket(`${app.url.replace("http", "ws")}/graphql`, protocol);
  const messages: { id?: string; type: string; payload?: unknown }[] = [];
  socket.on(
    "message",
    (text) => void messages.push(JSON.parse((text as Buffer).toString()) as (typeof messages)[number]),
  );
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason) })),
  );
  socket.on("error", () => undefined);
  await Promise.race([new Promise((resolve) => socket.once("open", resolve)), closed]);
  const send = (message: unknown) => socket.send(typeof message === "string" ? message : JSON.stringify(message));
  if (credential !== null) {
    send({ type: "connection_init", payload: { authorization: `Bearer ${credential}` } });
    await eventually(() => messages.length > 0 || socket.readyState !== WebSocket.OPEN, "the ack");
  }
  return { socket, messages, closed, send };
}

describe("a subscription over graphql-transport-ws", () => {
  test("follows the journal from now on, after the server has told the place", async () => {
    await capture(app, 2);
    await using followed = followWith();
    expect(await followed.live()).toBe(await place());
    await capture(app, 3);
    const delivered = entriesOf(await followed.until(3));
    const [first] = delivered;
    expect(delivered.map(({ type }) => type)).toEqual(["lead.captured", "lead.captured", "lead.captured"]);
    expect(delivered.map(({ position }) => Number(position) - Number(first?.position))).toEqual([0, 1, 2]);
  });

  test("replays from a cursor, goes on live, and each message names the one before it", async () => {
    const after = await place();
    await capture(app, 5);
    await using followed = followWith({ after });
    await followed.until(5);
    await capture(app, 2);
    const results = await followed.until(7);
    const positions = entriesOf(results).map(({ position }) => Number(position));
    expect(positions).toEqual(positions.map((_, index) => (positions[0] ?? 0) + index));
    const cursors = entriesOf(results).map(({ cursor }) => cursor);
    expect(results.map(({ extensions }) => extensions?.["cursor"])).toEqual(cursors);
    expect(results.map(({ extensions }) => extensions?.["previous"])).toEqual([after, ...cursors.slice(0, -1)]);
  });

  test("delivers only the types that it asked for", async () => {
    const after = await place();
    await capture(app, 2);
    await using none = followWith({ after, types: ["lead.deleted"] });
    await using some = followWith({ after, types: ["lead.captured", "lead.deleted"] });
    await some.until(2);
    await none.live();
    expect(none.results).toEqual([]);
  });

  test("is executed once for a hundred subscribers", async () => {
    const all = Array.from({ length: 100 }, () => followWith());
    await Promise.all(all.map((followed) => followed.live()));
    const before = app.nexora.liveCounts();
    expect(before.groups).toBe(1);
    await capture(app, 10);
    await Promise.all(all.map((followed) => followed.until(10)));
    expect(app.nexora.liveCounts().executions - before.executions).toBe(10);
    await Promise.all(all.map((followed) => followed[Symbol.asyncDispose]()));
  });

  test("can be begun and ended 10,000 times without leaving anything behind", async () => {
    const client = createClient({
      url: `${app.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      lazy: false,
      connectionParams: { authorization: `Bearer ${app.tenant.secretKey}` },
    });
    const sink = { next: () => undefined, error: () => undefined, complete: () => undefined };
    for (let round = 0; round < 200; round += 1) {
      const ends = Array.from({ length: 50 }, (_, index) =>
        client.subscribe({ query: followJournal, variables: { types: [`type-${index % 7}`] } }, sink),
      );
      if (round % 2 === 0) await eventually(() => app.nexora.liveCounts().groups > 0, "groups");
      for (const end of ends) end();
    }
    await eventually(() => app.nexora.liveCounts().groups === 0, "no group left");
    expect(app.nexora.liveCounts().followedTenants).toBe(0);
    await client.dispose();
    await eventually(() => app.nexora.liveCounts().sockets === 0, "no socket left");
  });

  test("over another tenant's cursor is refused, and so is one that nobody handed out", async () => {
    const other = await app.createTenant();
    await using foreign = follow({
      url: app.url,
      credential: other.secretKey,
      query: followJournal,
      variables: { after: await place() },
    });
    await using invented = followWith({ after: "AAAA" });
    expect(await foreign.ended).toMatchObject([{ extensions: { code: "BAD_CURSOR" } }]);
    expect(await invented.ended).toMatchObject([{ extensions: { code: "BAD_CURSOR" } }]);
  });

  test("shows nothing of another tenant", async () => {
    const other = await app.createTenant();
    await using foreign = follow({ url: app.url, credential: other.secretKey, query: followJournal });
    await using own = followWith();
    await Promise.all([foreign.live(), own.live()]);
    await capture(app, 3);
    await own.until(3);
    await capture(app, 1, other.secretKey);
    await foreign.until(1);
    expect(foreign.results.length).toBe(1);
    expect(own.results.length).toBe(3);
  });

  test("of leads says what happened and shows the lead", async () => {
    const query = `subscription ($filter: LeadFilter) {
      leadChanged(filter: $filter) { ... on LeadChanged { type matches lead { email stage } } }
    }`;
    const { url, tenant } = app;
    await using all = follow({ url, credential: tenant.secretKey, query });
    await using none = follow({
      url,
      credential: tenant.secretKey,
      query,
      variables: { filter: { stage: { eq: "LOST" } } },
    });
    await Promise.all([all.live(), none.live()]);
    await capture(app, 2);
    const results = await all.until(2);
    expect(results.map(({ data }) => data?.["leadChanged"])).toMatchObject([
      { type: "CAPTURED", matches: true, lead: { stage: "NEW" } },
      { type: "CAPTURED", matches: true, lead: { stage: "NEW" } },
    ]);
    expect(none.results).toEqual([]);
  });
});

describe("a socket", () => {
  test("carries queries and mutations with their public errors", async () => {
    const { socket, messages, send } = await rawSocket();
    send({ id: "q", type: "subscribe", payload: { query: "{ journal(first: 1) { nodes { position } } }" } });
    send({ id: "bad", type: "subscribe", payload: { query: "{ journal(first: -1) { nodes { position } } }" } });
    await eventually(() => messages.filter(({ type }) => type === "complete").length === 2, "both answers");
    expect(messages.find(({ id, type }) => id === "q" && type === "next")?.payload).toMatchObject({
      data: { journal: { nodes: [{}] } },
    });
    expect(messages.find(({ id, type }) => id === "bad" && type === "next")?.payload).toMatchObject({
      errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
    });
    socket.close();
  });

  test.each([
    ["a syntax error", "subscription {", "BAD_USER_INPUT"],
    ["an unknown field", "subscription { nope }", "BAD_USER_INPUT"],
    ["a NUL", `subscription { journal(types: ["a\\u0000"]) { __typename } }`, "BAD_USER_INPUT"],
    ["too many tokens", `{ ${"viewer { id } ".repeat(600)} }`, "BAD_USER_INPUT"],
  ])("stays open after %s", async (_what, query, code) => {
    const { socket, messages, send } = await rawSocket();
    send({ id: "1", type: "subscribe", payload: { query } });
    await eventually(() => messages.some(({ type }) => type === "error"), "the error");
    expect(messages.find(({ type }) => type === "error")).toMatchObject({
      id: "1",
      payload: [{ extensions: { code } }],
    });
    send({ type: "ping" });
    await eventually(() => messages.some(({ type }) => type === "pong"), "the pong");
    socket.close();
  });

  test("closes with 4401 without a valid credential, and accepts one in the upgrade's header", async () => {
    expect(await (await rawSocket("nx_live_wrong")).closed).toMatchObject({ code: 4401 });
    const anonymous = await rawSocket(null);
    anonymous.send({ type: "connection_init" });
    expect(await anonymous.closed).toMatchObject({ code: 4401 });
    const early = await rawSocket(null);
    early.send({ id: "1", type: "subscribe", payload: { query: followJournal } });
    expect(await early.closed).toMatchObject({ code: 4401 });
    await using followed = follow({
      url: app.url,
      credential: null,
      query: followJournal,
      headers: { authorization: `Bearer ${app.tenant.secretKey}` },
    });
    await followed.live();
  });

  test("closes as the protocol wants it on whatever breaks the protocol", async () => {
    const garbage = await rawSocket();
    garbage.send("{");
    expect(await garbage.closed).toMatchObject({ code: 4400 });
    const twice = await rawSocket();
    twice.send({ type: "connection_init" });
    expect(await twice.closed).toMatchObject({ code: 4429 });
    const same = await rawSocket();
    same.send({ id: "1", type: "subscribe", payload: { query: followJournal } });
    same.send({ id: "1", type: "subscribe", payload: { query: followJournal } });
    expect(await same.closed).toMatchObject({ code: 4409 });
    const large = await rawSocket();
    large.send("x".repeat(300_000));
    expect(await large.closed).toMatchObject({ code: 1009 });
    const other = await rawSocket(null, "graphql-ws");
    expect((await other.closed).code).toBeGreaterThan(1_000);
  });

  test("closes with 4403 when its key expires, and when it is revoked", async () => {
    const [expiring, revoked] = [await app.createTenant(), await app.createTenant()];
    const owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
    await owner.query("UPDATE api_key SET expires_at = now() + interval '1.5 s' WHERE tenant_id = $1", [
      toUuid("Tenant", expiring.tenantId),
    ]);
    await owner.end();
    const short = await rawSocket(expiring.secretKey);
    expect(await short.closed).toMatchObject({ code: 4403 });

    await using followed = follow({ url: app.url, credential: revoked.secretKey, query: followJournal });
    await followed.live();
    await revokeKeys(revoked);
    expect(await followed.ended).toMatchObject({ code: 4403 });
  });

  test("of a revoked key gets nothing of its end, and no stream does, while others go on", async () => {
    const tenant = await app.createTenant();
    const { accessToken } = await signIn(tenant);
    await using witness = follow({ url: app.url, credential: accessToken, query: followJournal });
    await witness.live();
    for (let round = 1; round <= 5; round += 1) {
      const { id, secret } = await createKey(accessToken);
      await using followed = follow({ url: app.url, credential: secret, query: followJournal });
      const stream = await openStream(secret, followJournal);
      await followed.live();
      await capture(app, 1, tenant.secretKey);
      await app.graphql(
        `mutation ($id: ID!) { revokeApiKey(input: { keyId: $id }) { userErrors { message } } }`,
        { id },
        accessToken,
      );
      expect(await followed.ended).toMatchObject({ code: 4403 });
      await stream.ended;
      expect(entriesOf(followed.results).map(({ type }) => type)).toEqual(["lead.captured"]);
      expect(stream.types()).toEqual(["lead.captured"]);
      await witness.until(round * 3);
    }
    const types = entriesOf(witness.results).map(({ type }) => type);
    expect(types.slice(0, 3)).toEqual(["key.created", "lead.captured", "key.revoked"]);
  });

  test("of a member who signs out gets nothing of it", async () => {
    const tenant = await app.createTenant();
    const { accessToken } = await signIn(tenant);
    await using followed = follow({ url: app.url, credential: accessToken, query: followJournal });
    await followed.live();
    await capture(app, 1, tenant.secretKey);
    await app.graphql(`mutation { signOut(input: {}) { userErrors { message } } }`, {}, accessToken);
    expect(await followed.ended).toMatchObject({ code: 4403 });
    expect(entriesOf(followed.results).map(({ type }) => type)).toEqual(["lead.captured"]);
  });

  test("whose key was revoked while nobody followed the journal can't ask for anything any more", async () => {
    const tenant = await app.createTenant();
    const idle = await rawSocket(tenant.secretKey);
    await revokeKeys(tenant);
    idle.send({ id: "1", type: "subscribe", payload: { query: "{ viewer { tenant { id } } }" } });
    expect(await idle.closed).toMatchObject({ code: 4403 });
    expect(idle.messages.filter(({ type }) => type === "next")).toEqual([]);
  });

  test("outlives its first token when a ping brings another of the same person, and no other", async () => {
    const tenant = await app.createTenant();
    const { accessToken } = await signIn(tenant);
    const ends = await endingSoon(accessToken);

    const left = await rawSocket(ends);
    const renewed = await rawSocket(ends);
    renewed.send({ type: "ping", payload: { authorization: `Bearer ${accessToken}` } });
    const swapped = await rawSocket(ends);
    swapped.send({ type: "ping", payload: { authorization: `Bearer ${tenant.secretKey}` } });
    const forged = await rawSocket(ends);
    forged.send({ type: "ping", payload: { authorization: "Bearer nonsense" } });

    expect(await forged.closed).toMatchObject({ code: 4401 });
    expect(await swapped.closed).toMatchObject({ code: 4403 });
    expect(await left.closed).toMatchObject({ code: 4403 });
    renewed.send({ id: "1", type: "subscribe", payload: { query: "{ viewer { tenant { id } } }" } });
    await eventually(
      () => renewed.messages.some(({ type }) => type === "next"),
      "an answer after the first token's end",
    );
    renewed.socket.terminate();
  });

  test("answers no other path, and no plain request", async () => {
    const socket = new WebSocket(`${app.url.replace("http", "ws")}/other`, "graphql-transport-ws");
    const error = await new Promise<Error>((resolve) => socket.on("error", resolve));
    expect(error.message).toContain("404");
  });
});

describe("an end of the server", () => {
  test("closes sockets with 1012, and a new process goes on where the subscription was", async () => {
    await using one = await startApp();
    const { tenant } = one;
    await using followed = follow({ url: one.url, credential: tenant.secretKey, query: followJournal });
    await followed.live();
    await capture(one, 1);
    const [last] = entriesOf(await followed.until(1));
    await one.stop();
    expect(await followed.ended).toMatchObject({ code: 1012 });
    await using two = await startApp({ database: one.database, tenant });
    await capture(two, 2);
    await using resumed = follow({
      url: two.url,
      credential: tenant.secretKey,
      query: followJournal,
      variables: { after: last?.cursor },
    });
    const positions = entriesOf(await resumed.until(2)).map(({ position }) => Number(position));
    expect(positions).toEqual([Number(last?.position) + 1, Number(last?.position) + 2]);
  });
});

async function signIn({ ownerEmail, ownerPassword }: TestTenant): Promise<{ accessToken: string }> {
  const signedIn = await app.graphql(
    `mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } userErrors { message } } }`,
    { input: { email: ownerEmail, password: ownerPassword } },
    null,
  );
  return payload<{ tokens: { accessToken: string } }>(signedIn, "signIn").tokens;
}

/** A token like this one that has two seconds left. */
async function endingSoon(accessToken: string): Promise<string> {
  await using database = openDatabase(app.database.appUrl);
  const clock = () => new Date();
  const keys = new SigningKeys({ database, secret: testSecret, clock, tokenLifetimeMs: accessTokenLifetimeMs });
  const tokens = new AccessTokens(keys);
  const verdict = await tokens.verify(accessToken, new Date());
  if (verdict.outcome !== "VALID") throw new Error(verdict.outcome);
  const { token } = await tokens.sign(verdict.claims, new Date(Date.now() - accessTokenLifetimeMs + 2_500));
  return token;
}

async function createKey(accessToken: string): Promise<{ id: string; secret: string }> {
  const created = await app.graphql(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key { id } secret userErrors { message } } }`,
    { input: { name: "to be revoked", scopes: ["journal:read"] } },
    accessToken,
  );
  const { key, secret } = payload<{ key: { id: string }; secret: string }>(created, "createApiKey");
  return { id: key.id, secret };
}

/** An event stream of the journal, read until it is cut. */
async function openStream(credential: string, query: string) {
  const response = await fetch(`${app.url}/graphql/stream`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      authorization: `Bearer ${credential}`,
    },
    body: JSON.stringify({ query }),
  });
  let text = "";
  const read = async () => {
    for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk as Uint8Array);
  };
  const ended = read().catch(() => undefined);
  await eventually(() => text.includes("id: "), "the place");
  return { ended, types: () => [...text.matchAll(/"type":"([^"]+)"/g)].map(([, type]) => type) };
}

async function revokeKeys(tenant: TestTenant): Promise<void> {
  const { accessToken } = await signIn(tenant);
  const keys = await app.graphql(`{ apiKeys { nodes { id } } }`, {}, accessToken);
  for (const { id } of payload<{ nodes: { id: string }[] }>(keys, "apiKeys").nodes) {
    await app.graphql(
      `mutation ($id: ID!) { revokeApiKey(input: { keyId: $id }) { userErrors { message } } }`,
      { id },
      accessToken,
    );
  }
}
