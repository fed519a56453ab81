import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { type GraphQLAnswer, payload, startApp, type TestApp } from "../../test/app.ts";
import { TestClock } from "../../test/clock.ts";
import { memberPassword } from "../../test/people.ts";
import { toUuid } from "../operations/ids.ts";

let app: TestApp;
let ownerToken: string;
let adminToken: string;
let clients = 0;
const clock = new TestClock("2026-01-31T09:00:00Z");

beforeAll(async () => {
  app = await startApp({ clock });
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

interface Shortfall {
  readonly required: number | null;
  readonly usable: number | null;
  readonly nextExpiry: string | null;
}

interface Account {
  readonly id: string;
  readonly balance: number;
  readonly held: number;
  readonly usable: number;
  readonly nextExpiry: string | null;
  readonly version: number;
}

interface Refusal {
  readonly userErrors: { readonly code: string; readonly field: string[] }[];
}

const account = "id balance held usable nextExpiry version";
const errors = "userErrors { code field }";
const shortfall = "required usable nextExpiry";

async function signIn(email: string, password: string): Promise<string> {
  const query = "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }";
  const answer = await app.graphql(query, { input: { email, password } }, null);
  return payload<{ tokens: { accessToken: string } }>(answer, "signIn").tokens.accessToken;
}

async function mutate<Payload>(
  field: string,
  input: object,
  selection: string,
  credential: string = app.tenant.secretKey,
): Promise<Payload> {
  const type = `${field[0]?.toUpperCase() ?? ""}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`;
  return payload<Payload>(await app.graphql(query, { input }, credential), field);
}

async function join(email: string, role: string): Promise<string> {
  const { token } = await mutate<{ token: string }>("inviteMember", { email, role }, "token", ownerToken);
  const joined = await app.graphql(
    "mutation ($input: AcceptInviteInput!) { acceptInvite(input: $input) { tokens { accessToken } } }",
    { input: { token, name: "A member", password: memberPassword } },
    null,
  );
  return payload<{ tokens: { accessToken: string } }>(joined, "acceptInvite").tokens.accessToken;
}

async function newClient(): Promise<string> {
  clients += 1;
  const input = {
    name: "Aïcha",
    email: `client-${clients}@example.com`,
    locale: "fr",
    timeZone: "Africa/Tunis",
    sendsLogin: false,
  };
  return (await mutate<{ client: { id: string } }>("createClient", input, "client { id }")).client.id;
}

function grant(clientId: string, amount: number, more: object = {}): Promise<Refusal & { account: Account | null }> {
  return mutate("grantCredits", { clientId, amount, ...more }, `account { ${account} } ${errors}`);
}

async function read<Value>(clientId: string, selection: string, credential?: string): Promise<Value> {
  const query = `query ($clientId: ID!) { creditAccount(clientId: $clientId) { ${selection} } }`;
  return payload<Value>(await app.graphql(query, { clientId }, credential), "creditAccount");
}

/** To the brim, from behind the server's back. */
async function fillAccount(clientId: string): Promise<void> {
  const owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  try {
    await owner.query("SELECT set_config('nexora.tenant_id', $1, false)", [toUuid("Tenant", app.tenant.tenantId)]);
    await owner.query(
      `SELECT credit_grant($1, 1000000000, 'PROMO', 'fill ' || n, now(), '{"type": "SYSTEM"}') FROM generate_series(1, 1000) AS n`,
      [toUuid("Client", clientId)],
    );
  } finally {
    await owner.end();
  }
}

function refused(answer: Refusal): string[] {
  return answer.userErrors.map(({ code, field }) => `${code} ${field.join(".")}`);
}

describe("a client's credits", () => {
  it("are none at first, and those that were granted after that", async () => {
    const clientId = await newClient();
    expect(await read<Account>(clientId, account)).toMatchObject({ balance: 0, held: 0, usable: 0, version: 0 });
    const granted = await grant(clientId, 4);
    // A year later in the tenant's zone, where nothing has changed by then.
    expect(granted.account).toMatchObject({
      balance: 4,
      usable: 4,
      version: 1,
      nextExpiry: "2027-01-31T09:00:00.000Z",
    });
    expect(await read<Account>(clientId, account)).toEqual(granted.account);
    const lots = await read<{ lots: { nodes: object[] } }>(
      clientId,
      "lots { nodes { source granted remaining expiresAt } }",
    );
    expect(lots.lots.nodes).toEqual([
      { source: "PROMO", granted: 4, remaining: 4, expiresAt: "2027-01-31T09:00:00.000Z" },
    ]);
  });

  it("never expire when that is said, and are used before they are effective by nobody", async () => {
    const clientId = await newClient();
    expect((await grant(clientId, 4, { expiresAt: null })).account?.nextExpiry).toBeNull();
    const later = await grant(clientId, 3, { effectiveAt: "2026-02-10T00:00:00Z" });
    expect(later.account).toMatchObject({ balance: 7, usable: 4 });
  });

  it.each([
    ["0", { amount: 0 }, "AMOUNT_INVALID input.amount"],
    ["less than 0", { amount: -1 }, "AMOUNT_INVALID input.amount"],
    ["too many", { amount: 1_000_000_001 }, "AMOUNT_INVALID input.amount"],
    ["as many as fit into 64 bits", { amount: "9223372036854775807" }, "AMOUNT_INVALID input.amount"],
    ["expired ones", { amount: 1, expiresAt: "2026-01-31T09:00:00Z" }, "EXPIRY_INVALID input.expiresAt"],
    [
      "such that end before they begin",
      { amount: 1, effectiveAt: "2026-03-01T00:00:00Z", expiresAt: "2026-02-01T00:00:00Z" },
      "EXPIRY_INVALID input.expiresAt",
    ],
    ["a long note", { amount: 1, reason: "x".repeat(1_001) }, "REASON_INVALID input.reason"],
  ])("aren't granted: %s", async (_, input, code) => {
    const clientId = await newClient();
    const { amount, ...more } = input;
    expect(refused(await mutate<Refusal>("grantCredits", { clientId, amount, ...more }, errors))).toEqual([code]);
    expect(await read<Account>(clientId, account)).toMatchObject({ balance: 0, version: 0 });
  });

  it("aren't granted to nobody, nor beyond what an account holds", async () => {
    expect(refused(await grant("client_01hzzzzzzzzzzzzzzzzzzzzzzz", 1))).toEqual(["NOT_FOUND input.clientId"]);
    const clientId = await newClient();
    await fillAccount(clientId);
    expect(refused(await grant(clientId, 1))).toEqual(["AMOUNT_INVALID input.amount"]);
    expect((await read<Account>(clientId, account)).balance).toBe(1_000_000_000_000);
  });

  it("move to another client with their source and expiry, up to what is usable", async () => {
    const [from, to] = [await newClient(), await newClient()];
    await grant(from, 5, { kind: "PURCHASE", expiresAt: "2026-06-01T00:00:00Z" });
    const selection = `from { balance } to { balance lots { nodes { source remaining expiresAt } } } ${shortfall} ${errors}`;
    const moved = await mutate<object>("transferCredits", { fromClientId: from, toClientId: to, amount: 3 }, selection);
    expect(moved).toMatchObject({
      from: { balance: 2 },
      to: {
        balance: 3,
        lots: { nodes: [{ source: "PURCHASE", remaining: 3, expiresAt: "2026-06-01T00:00:00.000Z" }] },
      },
      userErrors: [],
    });
    const refusal = await mutate<Refusal & Shortfall>(
      "transferCredits",
      { fromClientId: from, toClientId: to, amount: 3 },
      `${shortfall} ${errors}`,
    );
    expect(refused(refusal)).toEqual(["INSUFFICIENT_CREDITS input.amount"]);
    expect(refusal).toMatchObject({ required: 3, usable: 2, nextExpiry: "2026-06-01T00:00:00.000Z" });
    const same = await mutate<Refusal>("transferCredits", { fromClientId: from, toClientId: from, amount: 1 }, errors);
    expect(refused(same)).toEqual(["SAME_CLIENT input.toClientId"]);
    const empty = await newClient();
    const none = await mutate<Refusal & Shortfall>(
      "transferCredits",
      { fromClientId: empty, toClientId: to, amount: 1 },
      `${shortfall} ${errors}`,
    );
    expect(none).toMatchObject({ required: 1, usable: 0, userErrors: [{ code: "INSUFFICIENT_CREDITS" }] });
  });

  it("have a history, a balance at every instant, and statements that add up", async () => {
    const clientId = await newClient();
    await grant(clientId, 5, { kind: "PURCHASE", reason: "paid in cash" });
    clock.advance({ days: 1 });
    await mutate("adjustCredits", { clientId, amount: -2, reason: "counted twice" }, errors);
    clock.advance({ days: 1 });
    await grant(clientId, 4, { expiresAt: "2026-02-05T00:00:00Z" });
    const history = `
      entries(first: 2) { totalCount nodes { kind amount balanceAfter at reason lot { source } } pageInfo { hasNextPage endCursor } }
      then: balanceAt(at: "2026-02-01T08:59:59.999Z") at: balanceAt(at: "2026-02-01T09:00:00Z")
      statement(from: "2026-02-01T09:00:00Z", to: "2026-02-02T09:00:00Z") { opening closing totals { kind amount } }
      whole: statement(from: "2026-01-01T00:00:00Z", to: "2026-12-01T00:00:00Z") { opening closing totals { kind amount } }`;
    const read1 = await read<{ entries: { pageInfo: { endCursor: string } } }>(clientId, history);
    expect(read1).toMatchObject({
      entries: {
        totalCount: 3,
        nodes: [
          { kind: "PROMO", amount: 4, balanceAfter: 7, lot: { source: "PROMO" } },
          { kind: "ADJUSTMENT", amount: -2, balanceAfter: 3, reason: "counted twice", lot: { source: "PURCHASE" } },
        ],
        pageInfo: { hasNextPage: true },
      },
      then: 5,
      at: 3,
      statement: { opening: 5, closing: 3, totals: [{ kind: "ADJUSTMENT", amount: -2 }] },
      whole: {
        opening: 0,
        closing: 7,
        totals: [
          { kind: "ADJUSTMENT", amount: -2 },
          { kind: "PROMO", amount: 4 },
          { kind: "PURCHASE", amount: 5 },
        ],
      },
    });
    const next = await read<object>(
      clientId,
      `entries(first: 2, after: "${read1.entries.pageInfo.endCursor}") { nodes { kind reason } pageInfo { hasNextPage } }`,
    );
    expect(next).toEqual({
      entries: { nodes: [{ kind: "PURCHASE", reason: "paid in cash" }], pageInfo: { hasNextPage: false } },
    });
    const part = await read<object>(
      clientId,
      'entries(from: "2026-02-01T09:00:00Z", to: "2026-02-02T09:00:00Z") { nodes { kind } }',
    );
    expect(part).toEqual({ entries: { nodes: [{ kind: "ADJUSTMENT" }] } });
  });

  it("are found below clients, and by the ids of accounts, lots and entries", async () => {
    const clientId = await newClient();
    await grant(clientId, 2);
    const answer = await app.graphql(
      "query ($clientId: ID!) { client(id: $clientId) { creditAccount { id usable lots { nodes { id } } entries { nodes { id } } } } }",
      { clientId },
    );
    const { creditAccount } = payload<{
      creditAccount: {
        id: string;
        usable: number;
        lots: { nodes: { id: string }[] };
        entries: { nodes: { id: string }[] };
      };
    }>(answer, "client");
    expect(creditAccount.usable).toBe(2);
    const ids = [creditAccount.id, creditAccount.lots.nodes[0]?.id, creditAccount.entries.nodes[0]?.id];
    const nodes = await app.graphql("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", { ids });
    expect(nodes.data?.["nodes"]).toEqual([
      { __typename: "CreditAccount", id: ids[0] },
      { __typename: "CreditLot", id: ids[1] },
      { __typename: "CreditEntry", id: ids[2] },
    ]);
  });

  it("are told of in the journal", async () => {
    const clientId = await newClient();
    const { account: granted } = await grant(clientId, 2, { reason: "welcome" });
    const answer = await app.graphql("{ journal(last: 1) { nodes { type subjectId data } } }");
    expect(payload<{ nodes: object[] }>(answer, "journal").nodes).toMatchObject([
      {
        type: "credits.granted",
        subjectId: granted?.id,
        data: { kind: "PROMO", amount: 2, balance: 2, held: 0, version: 1 },
      },
    ]);
  });

  it("leave nothing in the journal of what was written about a client who is erased", async () => {
    const [clientId, other] = [await newClient(), await newClient()];
    const reason = "his mother Selma is ill";
    await grant(clientId, 150, { reason });
    await mutate("adjustCredits", { clientId, amount: -1, reason }, errors);
    await mutate("transferCredits", { fromClientId: clientId, toClientId: other, amount: 1, reason }, errors);
    const token = await signIn(app.tenant.ownerEmail, app.tenant.ownerPassword);
    const asked = { fromClientId: clientId, toClientId: other, amount: 120, reason };
    expect(await mutate<object>("transferCredits", asked, "adjustment { status }", token)).toEqual({
      adjustment: { status: "PENDING_APPROVAL" },
    });
    const said = async () => {
      const client = new pg.Client({ connectionString: app.database.ownerUrl });
      await client.connect();
      try {
        const { rows } = await client.query(
          "SELECT data::text ~ 'Selma' AS for_ever, coalesce(personal::text ~ 'Selma', false) AS until_erased FROM journal_entry WHERE subject_id = $1 AND subject_type = 'CreditAccount'",
          [toUuid("Client", clientId)],
        );
        return rows;
      } finally {
        await client.end();
      }
    };
    const entries = { length: 4 }; // granted, adjusted, transferred, and the transfer that was asked for
    expect(await said()).toEqual(Array.from(entries, () => ({ for_ever: false, until_erased: true })));
    await mutate("erasePerson", { id: clientId }, errors, token);
    expect(await said()).toEqual(Array.from(entries, () => ({ for_ever: false, until_erased: false })));
  });
});

describe("a correction", () => {
  const selection = `adjustment { id status transactionId decidedById } account { balance } ${shortfall} ${errors}`;
  interface Corrected extends Refusal, Shortfall {
    readonly adjustment: { readonly id: string; readonly status: string } | null;
    readonly account: { readonly balance: number } | null;
  }

  // Access tokens last for minutes, and the clock goes on by days.
  beforeAll(async () => {
    ownerToken = await signIn(app.tenant.ownerEmail, app.tenant.ownerPassword);
    adminToken = await join("admin@example.com", "ADMIN");
  });

  const adjust = (clientId: string, amount: number, credential?: string) =>
    mutate<Corrected>("adjustCredits", { clientId, amount, reason: "a mistake" }, selection, credential ?? ownerToken);

  it("is applied at once up to the tenant's limit, up and down, but not below what is usable", async () => {
    const clientId = await newClient();
    expect(await adjust(clientId, 40)).toMatchObject({ adjustment: { status: "APPLIED" }, account: { balance: 40 } });
    expect(await adjust(clientId, -10)).toMatchObject({ adjustment: { status: "APPLIED" }, account: { balance: 30 } });
    const refusal = await adjust(clientId, -31);
    expect(refused(refusal)).toEqual(["INSUFFICIENT_CREDITS input.amount"]);
    expect(refusal).toMatchObject({ required: 31, usable: 30, adjustment: null });
  });

  it.each([
    ["of nothing", { amount: 0, reason: "why" }, "AMOUNT_INVALID input.amount"],
    ["of too much", { amount: -1_000_000_001, reason: "why" }, "AMOUNT_INVALID input.amount"],
    ["without a reason", { amount: 1, reason: "  " }, "REASON_INVALID input.reason"],
  ])("is refused: %s", async (_, input, code) => {
    const clientId = await newClient();
    expect(refused(await mutate<Refusal>("adjustCredits", { clientId, ...input }, errors))).toEqual([code]);
  });

  it("over the limit waits for another person, who applies it once", async () => {
    const clientId = await newClient();
    const asked = await adjust(clientId, 101);
    expect(asked).toMatchObject({ adjustment: { status: "PENDING_APPROVAL" }, account: { balance: 0 } });
    const input = { id: asked.adjustment?.id };
    expect(refused(await mutate<Refusal>("approveAdjustment", input, selection, ownerToken))).toEqual([
      "SAME_PERSON input.id",
    ]);
    const [one, other] = await Promise.all([
      mutate<Corrected>("approveAdjustment", input, selection, adminToken),
      mutate<Corrected>("approveAdjustment", input, selection, adminToken),
    ]);
    expect([...refused(one), ...refused(other)]).toEqual(["NOT_PENDING input.id"]);
    expect((await read<Account>(clientId, account)).balance).toBe(101);
    const rejected = await mutate<Refusal>("rejectAdjustment", input, errors, adminToken);
    expect(refused(rejected)).toEqual(["NOT_PENDING input.id"]);
    expect(refused(await mutate<Refusal>("approveAdjustment", { id: clientId }, errors, adminToken))).toEqual([
      "NOT_FOUND input.id",
    ]);
  });

  it("can't be cut into small ones to stay under the limit", async () => {
    const clientId = await newClient();
    expect(await adjust(clientId, 60)).toMatchObject({ adjustment: { status: "APPLIED" } });
    expect(await adjust(clientId, 41, adminToken)).toMatchObject({ adjustment: { status: "PENDING_APPROVAL" } });
    const both = await Promise.all([adjust(clientId, 30), adjust(clientId, -30)]);
    const statuses = both.map(({ adjustment }) => adjustment?.status);
    expect(new Set(statuses)).toEqual(new Set(["APPLIED", "PENDING_APPROVAL"]));
    expect(refused(await adjust(clientId, 60, app.tenant.secretKey))).toEqual(["PERSON_REQUIRED input.amount"]);
  });

  it("can't be got round by moving small ones together: transfers count on both accounts, and a second person moves them", async () => {
    const target = await newClient();
    const moving = `adjustment { id status toClientId transactionId } from { balance } to { balance } ${errors}`;
    const move = (fromClientId: string, amount: number, credential: string, reason = "they are siblings") =>
      mutate<Corrected & { from: object; to: object }>(
        "transferCredits",
        { fromClientId, toClientId: target, amount, reason },
        moving,
        credential,
      );
    const givers: string[] = [];
    for (let index = 0; index < 3; index += 1) givers.push(await newClient());
    for (const giver of givers) expect(await adjust(giver, 50)).toMatchObject({ adjustment: { status: "APPLIED" } });
    const [first = "", second = "", third = ""] = givers;
    expect(await move(first, 50, ownerToken)).toMatchObject({ adjustment: { status: "APPLIED" }, to: { balance: 50 } });
    // Both at once: the one that comes second finds the other.
    const both = await Promise.all([move(second, 50, ownerToken), move(third, 50, adminToken)]);
    const statuses = both.map(({ adjustment }) => adjustment?.status);
    expect(new Set(statuses)).toEqual(new Set(["APPLIED", "PENDING_APPROVAL"]));
    const full = await newClient();
    await adjust(full, 100);
    expect(refused(await move(full, 1, app.tenant.secretKey))).toEqual(["PERSON_REQUIRED input.amount"]);
    expect(refused(await move(full, 1, ownerToken, " "))).toEqual(["REASON_INVALID input.reason"]);

    const asked = await move(full, 100, ownerToken);
    expect(asked).toMatchObject({
      adjustment: { status: "PENDING_APPROVAL", toClientId: target, transactionId: null },
      from: { balance: 100 },
      to: { balance: 100 },
    });
    const input = { id: asked.adjustment?.id };
    expect(refused(await mutate<Refusal>("approveAdjustment", input, errors, ownerToken))).toEqual([
      "SAME_PERSON input.id",
    ]);
    const approved = await mutate<object>(
      "approveAdjustment",
      input,
      `adjustment { status toClientId transactionId } account { balance }`,
      adminToken,
    );
    expect(approved).toMatchObject({
      adjustment: { status: "APPLIED", toClientId: target, transactionId: expect.any(String) },
      account: { balance: 0 },
    });
    expect((await read<Account>(target, account)).balance).toBe(200);
  });

  it("that can't be any more goes on waiting, and can be rejected", async () => {
    const clientId = await newClient();
    await grant(clientId, 200);
    const asked = await adjust(clientId, -150);
    await mutate("transferCredits", { fromClientId: clientId, toClientId: await newClient(), amount: 100 }, errors);
    const input = { id: asked.adjustment?.id };
    const refusal = await mutate<Corrected>("approveAdjustment", input, selection, adminToken);
    expect(refusal).toMatchObject({ required: 150, usable: 100, userErrors: [{ code: "INSUFFICIENT_CREDITS" }] });
    const list = await app.graphql(
      "{ creditAdjustments(filter: { status: { eq: PENDING_APPROVAL } }, first: 1) { nodes { id clientId amount status requestedBy { type } } } }",
    );
    expect(payload<{ nodes: object[] }>(list, "creditAdjustments").nodes).toEqual([
      { ...input, clientId, amount: -150, status: "PENDING_APPROVAL", requestedBy: { type: "MEMBER" } },
    ]);
    expect(await mutate<object>("rejectAdjustment", input, "adjustment { status }", ownerToken)).toEqual({
      adjustment: { status: "REJECTED" },
    });
  });

  it("needs approval by the tenant's own limit, which the owner alone sets", async () => {
    const set = (input: object, credential: string) =>
      app.graphql(
        `mutation ($input: UpdateCreditSettingsInput!) { updateCreditSettings(input: $input) { settings { approvalOver expiresAfterMonths version } ${errors} } }`,
        { input },
        credential,
      );
    const forbidden: GraphQLAnswer = await set({ approvalOver: 1_000 }, adminToken);
    expect(forbidden.errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
    const answer = payload<object>(
      await set({ approvalOver: 5, expectedVersion: 0 }, ownerToken),
      "updateCreditSettings",
    );
    expect(answer).toEqual({ settings: { approvalOver: 5, expiresAfterMonths: 12, version: 1 }, userErrors: [] });
    expect(await adjust(await newClient(), 6)).toMatchObject({ adjustment: { status: "PENDING_APPROVAL" } });
    const wrong = [{ approvalOver: -1 }, { expiresAfterMonths: 0 }, { expectedVersion: 0, approvalOver: 1 }];
    const codes: string[] = [];
    for (const input of wrong) codes.push(...refused(payload(await set(input, ownerToken), "updateCreditSettings")));
    expect(codes).toEqual([
      "LIMIT_INVALID input.approvalOver",
      "MONTHS_INVALID input.expiresAfterMonths",
      "CONFLICT input.expectedVersion",
    ]);
    await set({ approvalOver: 100 }, ownerToken);
  });
});

describe("the end of credits", () => {
  it("is announced 30, 7 and 1 days before, once each, and booked once", async () => {
    clock.set("2026-03-01T12:00:00Z");
    const clientId = await newClient();
    const expiresAt = "2026-05-01T12:00:00.000Z";
    await grant(clientId, 3, { expiresAt });
    await grant(clientId, 2, { expiresAt });
    await grant(clientId, 9, { expiresAt: null });
    const client = await app.graphql("query ($id: ID!) { client(id: $id) { email } }", { id: clientId });
    const { email } = payload<{ email: string }>(client, "client");
    // Other mails come, too, such as the month's report.
    const subjects = async () =>
      (await app.mails())
        .filter(({ to }) => to?.[0]?.address === email)
        .flatMap(({ subject = "" }) => (/ (to use before|à utiliser avant) /.test(subject) ? [subject] : []));
    const counts: number[] = [];
    for (const instant of [
      "2026-04-01T11:59:59.999Z", // a millisecond early
      "2026-04-01T12:00:00Z",
      "2026-04-02T12:00:00Z",
      "2026-04-24T12:00:00Z",
      "2026-04-30T12:00:00Z",
      "2026-05-01T11:59:59.999Z",
    ]) {
      clock.set(instant);
      await Promise.all([app.runDue(), app.runDue()]);
      counts.push((await subjects()).length);
    }
    expect(counts).toEqual([0, 1, 1, 2, 3, 3]);
    expect((await read<Account>(clientId, account)).usable).toBe(14);

    clock.set(expiresAt);
    expect(await read<Account>(clientId, account)).toMatchObject({ balance: 14, usable: 9 }); // before the job
    await Promise.all([app.runDue(), app.runDue()]);
    await app.runDue();
    const after = await read<{ entries: { nodes: object[] } }>(
      clientId,
      `balance usable entries(first: 3) { nodes { kind amount balanceAfter } }`,
    );
    expect(after).toMatchObject({
      balance: 9,
      usable: 9,
      entries: {
        nodes: [
          { kind: "EXPIRATION", amount: -2, balanceAfter: 9 },
          { kind: "EXPIRATION", amount: -3, balanceAfter: 11 },
          { kind: "PROMO", amount: 9 },
        ],
      },
    });
  }, 60_000);
});
