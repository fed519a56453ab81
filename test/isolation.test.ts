import "reflect-metadata";
import { createHash, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type GraphQLSchema, isNonNullType } from "graphql";
import { createClient } from "graphql-ws";
import pg from "pg";
import { type Action, ruleOf } from "../server/operations/actions.ts";
import { type IdType, idPrefixes, toId, toUuid } from "../server/operations/ids.ts";
import { buildNexoraSchema } from "../server/schema.ts";
import { payload, startApp, type TestApp, type TestTenant } from "./app.ts";
import { startExperiment } from "./experiments.ts";
import { queueMail } from "./queue-mail.ts";
import { bill, newClient, openShop } from "./billing.ts";
import { createCoach, createRoom, createSessionType, everyDay, mutate, setWeek } from "./calendar.ts";
import { booked, createFamily, createOffer } from "./sessions.ts";
import { type GeneratedOperation, generateOperations, type GenerateOptions } from "./generated-operations.ts";

// Tenant B tries every root field that there is with every id and cursor of tenant A. The operations are generated from the
// schema: a new root field is tried without a line here.

const marker = `marker${randomUUID().replaceAll("-", "")}`;

let app: TestApp;
let owner: pg.Client;
let schema: GraphQLSchema;
let a: TestTenant;
let b: TestTenant;
let credentialsOfB: { name: string; credential: string }[];
let idsOfA: { type: IdType; id: string }[];
let cursorsOfA: string[];

beforeAll(async () => {
  app = await startApp({ env: { NEXORA_WEBHOOK_ALLOW_PRIVATE: "true" } });
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  schema = await buildNexoraSchema();
  a = app.tenant;
  b = await app.createTenant();
  const tokenOfB = await signIn(b);
  credentialsOfB = [
    { name: "owner", credential: tokenOfB },
    { name: "secret key", credential: b.secretKey },
    { name: "publishable key", credential: b.publishableKey },
  ];
  await fill(a);
  idsOfA = await idsIn(a);
  cursorsOfA = await cursorsIn(a);
}, 120_000);

afterAll(async () => {
  await owner.end();
  await app[Symbol.asyncDispose]();
});

async function signIn({ ownerEmail, ownerPassword }: TestTenant): Promise<string> {
  const answer = await app.graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }",
    { input: { email: ownerEmail, password: ownerPassword } },
    null,
  );
  return payload<{ tokens: { accessToken: string } }>(answer, "signIn").tokens.accessToken;
}

/** Something of everything that a tenant can have. */
async function fill(tenant: TestTenant): Promise<void> {
  const token = await signIn(tenant);
  const captured = await app.graphql(
    "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { lead { id } userErrors { message } } }",
    { input: { email: `${marker}@example.com`, name: marker, externalId: marker, company: marker, tags: [marker] } },
    token,
  );
  const { id } = payload<{ lead: { id: string } }>(captured, "captureLead").lead;
  await app.graphql(
    "mutation ($input: AddLeadNoteInput!) { addLeadNote(input: $input) { userErrors { message } } }",
    { input: { id, body: marker } },
    token,
  );
  await app.graphql(
    "mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { userErrors { message } } }",
    { input: { email: `invited-${marker}@example.com`, role: "ASSISTANT" } },
    token,
  );
  await app.graphql(
    "mutation ($input: StartBulkImportInput!) { startBulkImport(input: $input) { userErrors { message } } }",
    { input: { document: "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { accepted } }" } },
    token,
  );
  await app.graphql("mutation { createCheckpoint(input: {}) { checkpoint { id } } }", {}, token);
  await fillCalendar(token);
  await fillBilling(token);
  await fillDocuments(token);
  await fillWebhooks(token);
  await fillLinks(token);
  await fillPeople(token);
  // With a job; nothing becomes of them meanwhile.
  await queueMail(app, { cause: marker, dueAt: new Date(Date.now() + 365 * 86_400_000), tenant });
  await fillCredits(token);
  await startExperiment(app, token, marker);
  await fillSessions(token);
}

/** A coach with hours, another date and time off; what he gives, and a room. */
async function fillCalendar(token: string): Promise<void> {
  const graphql: TestApp["graphql"] = (query, variables) => app.graphql(query, variables, token);
  const coachId = await createCoach(graphql, { name: marker, pseudonym: `${marker}${randomUUID()}` });
  await setWeek(graphql, coachId, everyDay("09:00", "12:00"));
  const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  await mutate(graphql, "addOverride", { coachId, date: day }, "cursor");
  const away = { coachId, startsAt: `${day}T09:00:00Z`, endsAt: `${day}T10:00:00Z`, reason: marker };
  await mutate(graphql, "addTimeOff", away, "cursor");
  await createSessionType(graphql, { name: marker, coachIds: [coachId] });
  await createRoom(graphql);
}

/** Offers, and a subscription that was paid and paid back. */
async function fillBilling(token: string): Promise<void> {
  const graphql: TestApp["graphql"] = (query, variables, credential = token) =>
    app.graphql(query, variables, credential);
  const offers = await openShop(graphql, token);
  const clientId = await newClient(graphql);
  const { payment } = await bill(graphql, "subscribe", { clientId, planId: offers["HYBRIDE"] });
  const amount = { amountMinor: 179_000, currency: "TND" };
  const receivedAt = new Date(Date.now() - 1_000).toISOString();
  await bill(graphql, "confirmTransfer", { id: payment?.id, amount, receivedAt, transferId: marker });
  await bill(graphql, "refundPayment", { id: payment?.id, amountMinor: 1_000, reason: marker });
}

/** A series, and somebody who waits for its first slot. They take part without an address: nobody is mailed for them. */
async function fillSessions(token: string): Promise<void> {
  const graphql: TestApp["graphql"] = (query, variables, credential = token) =>
    app.graphql(query, variables, credential);
  const profile = { name: marker, pseudonym: `${marker}${randomUUID()}` };
  const { coachId, sessionTypeId } = await createOffer(graphql, { name: marker }, profile);
  const { clientId, learnerId } = await createFamily(graphql);
  const startsAt = `${new Date(Date.now() + 8 * 86_400_000).toISOString().slice(0, 10)}T10:00:00.000Z`;
  const slot = { sessionTypeId, coachId, startsAt };
  await mutate(graphql, "bookSeries", { learnerId, ...slot, weeks: 2 }, "cursor");
  const { learner } = await mutate<{ learner: { id: string } }>(
    graphql,
    "addLearner",
    { clientId, name: marker },
    "learner { id }",
  );
  await mutate(graphql, "joinWaitingList", { learnerId: learner.id, ...slot }, "cursor");
}

/** A manifest, and a free text as the server would have counted it. */
async function fillDocuments(token: string): Promise<void> {
  const text = `query ${marker} { __typename }`;
  const documents = [{ id: `sha256:${createHash("sha256").update(text).digest("hex")}`, text }];
  const uploaded = await app.graphql(
    "mutation ($input: UploadDocumentManifestInput!) { uploadDocumentManifest(input: $input) { manifest { id } } }",
    { input: { app: marker, version: marker, documents } },
    token,
  );
  const { manifest } = payload<{ manifest: { id: string } }>(uploaded, "uploadDocumentManifest");
  await owner.query(
    `INSERT INTO free_text_document (tenant_id, key_id, hash, text, uses, first_used_at, last_used_at)
      SELECT k.tenant_id, k.id, sha256(uuid_send(uuidv7())), $2, 1, now(), now()
      FROM api_key k JOIN document_manifest m ON m.tenant_id = k.tenant_id AND m.id = $1 LIMIT 1`,
    [toUuid("DocumentManifest", manifest.id), marker],
  );
}

/** An endpoint where nobody listens, a delivery and its attempt, which has ended. */
async function fillWebhooks(token: string): Promise<void> {
  const created = await app.graphql(
    "mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { endpoint { id } } }",
    { input: { url: `http://127.0.0.1:1/${marker}`, description: marker, isEnabled: false } },
    token,
  );
  const { id } = payload<{ endpoint: { id: string } }>(created, "createWebhookEndpoint").endpoint;
  const tested = await app.graphql(
    "mutation ($id: ID!) { testWebhookEndpoint(input: { id: $id }) { delivery { id } } }",
    { id },
    token,
  );
  const { delivery } = payload<{ delivery: { id: string } }>(tested, "testWebhookEndpoint");
  for (let looks = 0; looks < 200; looks += 1) {
    const answer = await app.graphql("query ($id: ID!) { webhookDelivery(id: $id) { status } }", delivery, token);
    if (payload<{ status: string }>(answer, "webhookDelivery").status === "FAILED") return;
    await sleep(50);
  }
  throw new Error("the webhook's test has no end");
}

/** A link whose slug is what everything of the tenant's is called. */
async function fillLinks(token: string): Promise<void> {
  const query = "mutation ($input: CreateLinkInput!) { createLink(input: $input) { link { id } } }";
  const input = { url: `https://example.com/${marker}`, slug: marker, title: marker, tags: [marker] };
  payload(await app.graphql(query, { input }, token), "createLink");
}

/** A client, a learner with a note and a mark, and a coach. */
async function fillPeople(token: string): Promise<void> {
  const unique = `${marker}-${randomUUID()}`;
  const mutate = async (field: string, entity: string, input: object) => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${entity} { id } userErrors { message } } }`;
    const answer = await app.graphql(query, { input }, token);
    return payload<{ id: string }>({ ...answer, data: payload(answer, field) }, entity).id;
  };
  const clientId = await mutate("createClient", "client", { name: marker, email: `${randomUUID()}@example.com` });
  const learnerId = await mutate("addLearner", "learner", { clientId, name: marker, goals: [marker] });
  await mutate("createCoach", "coach", { pseudonym: unique, name: marker, subjects: [marker], modes: ["ONLINE"] });
  await mutate("addCoachNote", "note", { learnerId, body: marker });
  await owner.query(
    `INSERT INTO learner_progress (tenant_id, learner_id, subject, mark, recorded_at)
      SELECT tenant_id, id, $2, 50, now() FROM learner WHERE id = $1`,
    [toUuid("Learner", learnerId), marker],
  );
}

/** Credits of every kind of row: granted, held, used, and a correction that waits. */
async function fillCredits(token: string): Promise<void> {
  const { rows } = await owner.query<{ tenant_id: string; id: string }>("SELECT tenant_id, id FROM client LIMIT 1");
  const [client] = rows;
  if (client === undefined) throw new Error("there is no client");
  const clientId = toId("Client", client.id);
  for (const [field, input] of [
    ["grantCredits", { clientId, amount: 9, reason: marker }],
    ["adjustCredits", { clientId, amount: 500, reason: marker }],
  ] as const) {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { message } } }`;
    payload(await app.graphql(query, { input }, token), field);
  }
  const actor = '{"type": "SYSTEM"}';
  await owner.query("SELECT set_config('nexora.tenant_id', $1, false)", [client.tenant_id]);
  await owner.query("SELECT credit_hold($1, 1, $2, now(), $3, now() + interval '1 day', $2)", [
    client.id,
    marker,
    actor,
  ]);
}

/** The public ids of all rows of a tenant, from behind the server's back. */
async function idsIn({ tenantId }: TestTenant): Promise<{ type: IdType; id: string }[]> {
  const tables: Record<IdType, string> = {
    Tenant: "tenant",
    Member: "member",
    Invitation: "invitation",
    ApiKey: "api_key",
    Lead: "lead",
    LeadNote: "lead_note",
    LeadImport: "lead_import",
    Link: "link",
    Experiment: "experiment",
    DocumentManifest: "document_manifest",
    FreeTextDocument: "free_text_document",
    DeprecatedFieldUsage: "deprecated_field_usage",
    BulkOperation: "bulk_operation",
    JournalEntry: "journal_entry",
    Checkpoint: "journal_checkpoint",
    WebhookEndpoint: "webhook_endpoint",
    WebhookDelivery: "webhook_delivery",
    WebhookAttempt: "webhook_attempt",
    Client: "client",
    Learner: "learner",
    Coach: "coach",
    CoachNote: "coach_note",
    LearnerProgress: "learner_progress",
    CreditAccount: "credit_balance",
    CreditTransaction: "ledger_txn",
    CreditEntry: "ledger_entry",
    CreditLot: "credit_lot",
    CreditHold: "credit_hold",
    CreditAdjustment: "credit_adjustment",
    Plan: "plan",
    Pack: "pack",
    PlanSubscription: "subscription",
    Invoice: "invoice",
    Payment: "payment",
    PaymentReceipt: "payment_receipt",
    PaymentRefund: "payment_refund",
    PaymentProof: "payment_proof",
    SessionType: "session_type",
    Room: "resource",
    Availability: "coach",
    AvailabilityOverride: "availability_override",
    TimeOff: "time_off",
    Session: "session",
    Booking: "booking",
    SessionSeries: "session_series",
    WaitingListEntry: "waiting_list_entry",
    Mail: "mail",
    MailBranding: "tenant",
    Job: "pgboss.job",
  };
  const uuid = await tenantUuid(tenantId);
  const ids: { type: IdType; id: string }[] = [];
  for (const [type, table] of Object.entries(tables) as [IdType, string][]) {
    const exists = await owner.query("SELECT to_regclass($1) IS NOT NULL AS exists", [table]);
    if (exists.rows[0]?.exists !== true) continue;
    const column = { tenant: "id", "pgboss.job": "group_id::uuid" }[table] ?? "tenant_id";
    const id = table === "credit_balance" ? "account_id AS id" : "id";
    const { rows } = await owner.query<{ id: string }>(
      `SELECT ${id} FROM ${table} WHERE ${column} = $1 ORDER BY id DESC LIMIT 1`,
      [uuid],
    );
    for (const row of rows) ids.push({ type, id: toId(type, row.id) });
  }
  return ids;
}

async function tenantUuid(tenantId: string): Promise<string> {
  const { rows } = await owner.query<{ id: string }>("SELECT id FROM tenant");
  const found = rows.find((row) => toId("Tenant", row.id) === tenantId);
  if (found === undefined) throw new Error(`no tenant ${tenantId}`);
  return found.id;
}

async function cursorsIn(tenant: TestTenant): Promise<string[]> {
  const answer = await app.graphql("{ eventCursor leads { pageInfo { endCursor } } }", {}, tenant.secretKey);
  const leads = payload<{ pageInfo: { endCursor: string } }>(answer, "leads");
  return [payload<string>(answer, "eventCursor"), leads.pageInfo.endCursor];
}

/** Everything that the database holds of a tenant, in one text. */
async function stateOf({ tenantId }: TestTenant): Promise<string> {
  const uuid = await tenantUuid(tenantId);
  const tables = await owner.query<{ name: string; tenant: string }>(`
    SELECT c.relname AS name, CASE WHEN c.relname = 'tenant' THEN 'id' ELSE 'tenant_id' END AS tenant
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity
      -- signed every few minutes
      AND c.relname <> 'journal_checkpoint' ORDER BY 1`);
  const parts: string[] = [];
  for (const { name, tenant } of tables.rows) {
    const { rows } = await owner.query<{ rows: string }>(
      `SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS rows FROM ${name} t WHERE ${tenant} = $1`,
      [uuid],
    );
    parts.push(`${name}: ${rows[0]?.rows ?? ""}`);
  }
  // When a key was last used is written later and for itself.
  return parts.join("\n");
}

/** What A was filled with has told people something by mail, which is sent a moment later. */
async function mailIsSent(): Promise<void> {
  await app.runDue();
  let unsent = Infinity;
  await waitFor(
    () => {
      void owner
        .query("SELECT FROM mail WHERE state IN ('QUEUED', 'SENDING') AND due_at <= now()")
        .then(({ rowCount }) => (unsent = rowCount ?? 0));
      return unsent === 0;
    },
    () => `the end of ${unsent} mails`,
  );
}

/** A slow machine may have no connection free for so many at once, or close one that fetch opened long before it used it. */
async function patiently(ask: () => ReturnType<TestApp["graphql"]>): ReturnType<TestApp["graphql"]> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await ask();
      if (tries === 5 || answer.errors?.[0]?.extensions["code"] !== "UNAVAILABLE") return answer;
    } catch (error) {
      const isReset = error instanceof TypeError && String((error.cause as Error).message).includes("ECONNRESET");
      if (tries === 5 || !isReset) throw error;
    }
    await sleep(500 * tries);
  }
}

async function answerTo(
  { field, query, variables }: GeneratedOperation,
  credential: string,
  replace: string,
): Promise<string> {
  // Refusals, and enrolments of strangers, add up over the many tries.
  if (isPublic(field) || field === "enroll") await owner.query("DELETE FROM throttle");
  const answer = await patiently(() => app.graphql(query, variables, credential));
  const text = JSON.stringify({ status: answer.status, data: answer.data, errors: answer.errors });
  return text
    .replaceAll(replace, "ID")
    .replaceAll(/"requestId":"[^"]*"/g, '"requestId":"…"')
    .replaceAll(/"(?:cursor|eventCursor|startCursor|endCursor)":"[^"]*"/g, '"cursor":"…"');
}

/** Stands for the id in operations that are generated once. */
const placeholder = "PLACEHOLDER";
const generated = new Map<string, string>();

function operationsOf(kind: GenerateOptions["kind"], id: string, cursor?: string): GeneratedOperation[] {
  const key = `${kind} ${cursor ?? ""}`;
  let text = generated.get(key);
  if (text === undefined) {
    const options = { kind, id: placeholder, ...(cursor === undefined ? {} : { cursor }) };
    text = JSON.stringify(generateOperations(schema, options));
    generated.set(key, text);
  }
  return JSON.parse(text.replaceAll(placeholder, id)) as GeneratedOperation[];
}

const takesId = ({ variables }: GeneratedOperation, id: string) => JSON.stringify(variables).includes(id);

/** What ids that don't exist have got, by caller and field. */
const answersToUnknown: Record<string, Set<string>> = {};

/**
 * Whether a field takes ids of the type, by the words in its name and its arguments', or is one of the eighth that is tried
 * all the same. The first caller tries every id with every field; what the others may do differs from that by field, not by id.
 */
function isLikely(type: IdType, { field, variables }: GeneratedOperation): boolean {
  const argumentNames = JSON.stringify(variables).match(/\w+(?=":)/g) ?? [];
  const words = [field, ...argumentNames].join(" ").toLowerCase();
  const lastWord = /[A-Z][a-z]*$/.exec(type)?.[0].toLowerCase() ?? type;
  const chance = createHash("sha256").update(`${type} ${field}`).digest()[0] ?? 0;
  return words.includes(lastWord) || field.startsWith("node") || chance < 32;
}

/** Tries all fields with an id of A and with an id that doesn't exist, and compares the answers. */
async function compare(
  type: IdType,
  id: string,
  caller: { name: string; credential: string } | undefined,
  isWanted: (field: string) => boolean,
): Promise<void> {
  if (caller === undefined) throw new Error("nobody to try it");
  const { name, credential } = caller;
  const unknown = toId(type, randomUUID());
  for (const kind of ["query", "mutation"] as const) {
    const compared = operationsOf(kind, unknown);
    for (const [index, operation] of operationsOf(kind, id).entries()) {
      const other = compared[index];
      if (other === undefined || !takesId(operation, id) || !isWanted(operation.field)) continue;
      if (caller !== credentialsOfB[0] && !isLikely(type, operation)) continue;
      const answer = await answerTo(operation, credential, id);
      // Mostly an id of whatever type gets what one that didn't exist has got before: then nobody need ask again.
      const known = (answersToUnknown[`${name} ${operation.field}`] ??= new Set());
      const expected = known.has(answer) ? answer : await answerTo(other, credential, unknown);
      known.add(expected);
      expect({ name, field: operation.field, type, answer }).toEqual({
        name,
        field: operation.field,
        type,
        answer: expected,
      });
      expect(answer).not.toContain(marker);
    }
  }
}

function isPublic(field: string): boolean {
  const found = schema.getQueryType()?.getFields()[field] ?? schema.getMutationType()?.getFields()[field];
  return ruleOf(found?.extensions["action"] as Action).isPublic === true;
}

describe("tenant B with every root field of the schema", () => {
  it("covers every root field", () => {
    for (const kind of ["query", "mutation", "subscription"] as const) {
      const type = {
        query: schema.getQueryType(),
        mutation: schema.getMutationType(),
        subscription: schema.getSubscriptionType(),
      }[kind];
      const names = operationsOf(kind, "lead_0").map((operation) => operation.field);
      expect(names).toEqual(Object.keys(type?.getFields() ?? {}));
    }
  });

  it("finds ids of tenant A to try, of every type that has rows", () => {
    expect(idsOfA.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        "Mail",
        "MailBranding",
        "Job",
        "SessionType",
        "Room",
        "Availability",
        "AvailabilityOverride",
        "TimeOff",
        "Session",
        "Booking",
        "SessionSeries",
        "WaitingListEntry",
        "BulkOperation",
        "WebhookEndpoint",
        "WebhookDelivery",
        "WebhookAttempt",
        "Tenant",
        "Member",
        "Invitation",
        "ApiKey",
        "Lead",
        "LeadNote",
        "JournalEntry",
        "Checkpoint",
        "Client",
        "Learner",
        "Coach",
        "CoachNote",
        "LearnerProgress",
      ]),
    );
    expect(Object.keys(idPrefixes)).toEqual(expect.arrayContaining(idsOfA.map(({ type }) => type)));
  });

  it("gets for each id of tenant A what it gets for an id that doesn't exist, and sees nothing of A", async () => {
    await mailIsSent();
    const before = await stateOf(a);
    // Public fields answer all callers alike, so one caller is enough; they are slow on purpose.
    for (const { type, id } of idsOfA) await compare(type, id, credentialsOfB[0], (field) => isPublic(field));
    // As many at once as a tenant's queue takes.
    for (let from = 0; from < idsOfA.length; from += 4) {
      const some = idsOfA.slice(from, from + 4);
      const tries = credentialsOfB.flatMap((caller) =>
        some.map(({ type, id }) => compare(type, id, caller, (field) => !isPublic(field))),
      );
      await Promise.all(tries);
    }
    expect(await stateOf(a)).toBe(before);
  }, 600_000);

  it("sees nothing of A in any root field without an id", async () => {
    for (const { credential } of credentialsOfB) {
      for (const operation of operationsOf("query", idsOfA[0]?.id ?? "")) {
        const answer = await patiently(() => app.graphql(operation.query, operation.variables, credential));
        const text = JSON.stringify(answer);
        expect(text).not.toContain(marker);
        for (const { id } of idsOfA) {
          if (!takesId(operation, id)) expect(text).not.toContain(id);
        }
      }
    }
  }, 120_000);

  it("is refused every cursor of A", async () => {
    for (const cursor of cursorsOfA) {
      for (const operation of operationsOf("query", toId("Lead", randomUUID()), cursor)) {
        if (!JSON.stringify(operation.variables).includes(cursor)) continue;
        const { data, errors } = await app.graphql(
          operation.query,
          { ...operation.variables, before: undefined, first: 1, last: undefined },
          b.secretKey,
        );
        const codes = errors?.map((error) => error.extensions["code"]) ?? [];
        expect({ field: operation.field, data: data?.[operation.field] ?? null }).toEqual({
          field: operation.field,
          data: null,
        });
        expect({ field: operation.field, codes }).toEqual({ field: operation.field, codes: ["BAD_CURSOR"] });
      }
    }
  });

  it("can't be told from a stranger's e-mail when it is one of A's", async () => {
    for (const field of ["signUp", "signIn", "inviteMember", "captureLead"]) {
      const type = schema.getMutationType()?.getFields()[field];
      expect(type === undefined ? field : isNonNullType(type.type)).toBe(true);
    }
    const captured = async (email: string) => {
      const answer = await app.graphql(
        "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { accepted lead { version email } userErrors { code } } }",
        { input: { email } },
        b.secretKey,
      );
      return JSON.stringify(answer.data).replaceAll(email, "EMAIL");
    };
    expect(await captured(`${marker}@example.com`)).toBe(await captured("nobody@example.com"));
  });

  it("hears nothing of A in any subscription, and is refused A's cursors", async () => {
    const ownerOfB = credentialsOfB[0]?.credential ?? "";
    const ofB: TestApp["graphql"] = (query, variables, credential = ownerOfB) =>
      app.graphql(query, variables, credential);
    const offer = await createOffer(ofB);
    const family = await createFamily(ofB);
    const shop = await openShop(ofB, ownerOfB);
    const followed = operationsOf("subscription", toId("Lead", randomUUID()), cursorsOfA[0]).map((operation) =>
      followAll(operation, offer),
    );
    await fill(a);
    // B's own changes come after A's: when they have arrived, A's would have.
    await ofB('mutation { captureLead(input: { externalId: "of-b" }) { accepted } }');
    await booked(ofB, { ...offer, learnerId: family.learnerId, startsAt: startOfB() });
    await bill(ofB, "purchasePack", { clientId: family.clientId, packId: shop["GRAND_ORAL"] });
    const idsNow = [...idsOfA, ...(await idsIn(a))];
    for (const { field, query, heard, close } of followed) {
      if (query.includes("$after"))
        await waitFor(
          () => heard.some((message) => message.includes('"data":{')),
          () => `${field} ${heard.join()}`,
        );
      await close();
      const text = heard.join("\n");
      expect(text).not.toContain(marker);
      for (const { id } of idsNow) expect(text).not.toContain(id);
      const refusals = heard.filter((message) => message.includes("BAD_CURSOR"));
      if (query.includes("$after")) expect([field, refusals.length]).toEqual([field, cursorsOfA.length]);
    }
  }, 180_000);
});

const startOfB = () => `${new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)}T10:00:00.000Z`;

/** Follows all that B may, from now on, and after each cursor of A's. What is required is B's own where there is such a thing. */
function followAll({ field, query, variables }: GeneratedOperation, own: Readonly<Record<string, unknown>>) {
  const heard: string[] = [];
  const client = createClient({
    url: `${app.url.replace("http", "ws")}/graphql`,
    connectionParams: { authorization: `Bearer ${b.secretKey}` },
    retryAttempts: 0,
  });
  const subscribe = (given: Record<string, unknown>) =>
    client.subscribe(
      { query, variables: given },
      {
        next: (value) => heard.push(JSON.stringify(value)),
        error: (error) => heard.push(JSON.stringify(error)),
        complete: () => undefined,
      },
    );
  const required = (schema.getSubscriptionType()?.getFields()[field]?.args ?? []).filter(({ type }) =>
    isNonNullType(type),
  );
  subscribe(Object.fromEntries(required.map(({ name }) => [name, own[name] ?? variables[name]])));
  if (query.includes("$after")) for (const after of cursorsOfA) subscribe({ ...variables, after });
  return { field, query, heard, close: async () => client.dispose() };
}

async function waitFor(condition: () => boolean, describe: () => string): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`nothing has arrived but ${describe()}`);
    await sleep(20);
  }
}
