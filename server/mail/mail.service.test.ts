import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp, type TestTenant } from "../../test/app.ts";
import { TestClock } from "../../test/clock.ts";
import { startMailServer } from "../../test/mail-server.ts";
import { ownerToken } from "../../test/owner-token.ts";
import { queueMail } from "../../test/queue-mail.ts";
import { waitFor } from "../../test/wait-for.ts";

let app: TestApp;
let otherTenant: TestTenant;
let owner: pg.Pool;
const clock = new TestClock("2026-11-21T10:00:00Z");

beforeAll(async () => {
  app = await startApp({ clock, env: { MAIL_SENDER_DOMAINS: "school.example, other.example" } });
  otherTenant = await app.createTenant();
  owner = new pg.Pool({ connectionString: app.database.ownerUrl, max: 1 });
});
afterAll(async () => {
  await owner.end();
  await app[Symbol.asyncDispose]();
});

interface ShownMail {
  readonly id: string;
  readonly state: string;
}

async function mails(filter: object, credential?: string): Promise<ShownMail[]> {
  const query = `query ($filter: MailFilter) { mails(filter: $filter) { totalCount nodes {
    id kind cause to toName locale timeZone state dueAt nextAttemptAt attempts lastError sentAt messageId createdAt } } }`;
  return payload<{ nodes: ShownMail[] }>(await app.graphql(query, { filter }, credential), "mails").nodes;
}

async function change(field: string, input: object, credential?: string) {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { mail { id state } userErrors { code } } }`;
  type Payload = { mail: ShownMail | null; userErrors: { code: string }[] };
  return payload<Payload>(await app.graphql(query, { input }, credential), field);
}

describe("the log of mail", () => {
  it("shows what is queued and what was sent, which is in the folder for any mail program", async () => {
    await queueMail(app, { cause: "log:1", dueAt: new Date("2026-11-22T10:00:00Z") });
    expect(await mails({ state: { eq: "QUEUED" }, to: { eq: "Amina@example.com" } })).toMatchObject([
      {
        cause: "log:1",
        kind: "WELCOME",
        state: "QUEUED",
        attempts: 0,
        dueAt: "2026-11-22T10:00:00.000Z",
        messageId: null,
      },
    ]);
    await app.runDue();
    expect(await app.mails()).toHaveLength(0);
    clock.set("2026-11-22T10:00:00Z");
    await app.runDue();
    const [mail] = await mails({ kind: { in: ["WELCOME"] } });
    expect(mail).toMatchObject({ state: "SENT", attempts: 1, sentAt: "2026-11-22T10:00:00.000Z", nextAttemptAt: null });
    const [file] = await app.mails();
    expect(file).toMatchObject({
      subject: expect.stringMatching(/^Welcome to /),
      to: [{ address: "amina@example.com" }],
    });
    expect(mail).toMatchObject({ messageId: file?.messageId?.replaceAll(/[<>]/g, "") });
  });

  it("sends what is due at once by its job, without a sweep", async () => {
    await queueMail(app, { cause: "log:2" });
    await waitFor(async () => (await mails({ state: { eq: "SENT" } })).length === 2);
  });

  it("is the tenant's own, and its administrators'", async () => {
    const other = await ownerToken(app, otherTenant);
    expect(await mails({}, other)).toEqual([]);
    const [mail] = await mails({});
    const id = mail?.id ?? "";
    expect((await change("retryMail", { id }, other)).userErrors).toEqual([{ code: "NOT_FOUND" }]);
    expect((await change("cancelMail", { id }, other)).userErrors).toEqual([{ code: "NOT_FOUND" }]);
    const refused = await app.graphql("{ mails { totalCount } }", {}, app.tenant.publishableKey);
    expect(refused.errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
  });
});

describe("a mail", () => {
  it("is cancelled while it waits, and not later", async () => {
    await queueMail(app, { cause: "cancel:1", dueAt: new Date("2027-01-01T00:00:00Z") });
    const [mail] = await mails({ state: { eq: "QUEUED" } });
    const id = mail?.id ?? "";
    expect(await change("cancelMail", { id })).toEqual({ mail: { id, state: "CANCELLED" }, userErrors: [] });
    expect(await change("cancelMail", { id })).toMatchObject({ userErrors: [{ code: "NOT_CANCELLABLE" }] });
    expect(await change("retryMail", { id })).toMatchObject({ userErrors: [{ code: "NOT_RETRYABLE" }] });
  });

  it("of which nobody knows whether it arrived goes out again when a person says so, with the same Message-ID", async () => {
    await queueMail(app, { cause: "retry:1", dueAt: new Date("2026-12-01T00:00:00Z") });
    const messageId = "0198-first@nexora.example";
    await owner.query(
      "UPDATE mail SET state = 'UNKNOWN', next_attempt_at = NULL, attempts = 1, message_id = $1 WHERE cause = 'retry:1'",
      [messageId],
    );
    const [mail] = await mails({ state: { eq: "UNKNOWN" } });
    const id = mail?.id ?? "";
    expect(await change("retryMail", { id })).toEqual({ mail: { id, state: "QUEUED" }, userErrors: [] });
    await app.runDue();
    await waitFor(async () => (await app.mails()).some((file) => file.messageId === `<${messageId}>`));
    const { rows } = await owner.query<{ type: string }>(
      `SELECT e.type FROM journal_entry e JOIN mail m ON m.tenant_id = e.tenant_id AND m.id = e.subject_id
       WHERE e.subject_type = 'Mail' AND m.cause = 'retry:1' ORDER BY e.position`,
    );
    await waitFor(async () => (await mails({ state: { eq: "UNKNOWN" } })).length === 0);
    expect(rows[0]?.type).toBe("mail.retried");
  });
});

describe("a server with a mail server", () => {
  it("hands mail over to it, as what it is told to come from", async () => {
    await using mailServer = await startMailServer({ user: "nexora", pass: "secret" });
    const env = { SMTP_URL: mailServer.url, MAIL_FROM: "no-reply@nexora.example" };
    await using real = await startApp({ env });
    await queueMail(real, { cause: "smtp:1" });
    await waitFor(() => mailServer.accepted.length === 1);
    expect(mailServer.accepted[0]?.email.from?.address).toBe("no-reply@nexora.example");
    expect(await real.mails()).toEqual([]);
  });
});

describe("what mail looks like", () => {
  const update = async (input: object) => {
    const query = `mutation ($input: UpdateMailBrandingInput!) { updateMailBranding(input: $input) {
      branding { senderName senderAddress replyTo color logoUrl } userErrors { code field } } }`;
    type Payload = { branding: object | null; userErrors: { code: string; field: string[] }[] };
    return payload<Payload>(await app.graphql(query, { input }), "updateMailBranding");
  };

  it("is the tenant's to choose, as far as the operator allows, and what is left out stays", async () => {
    const branding = {
      senderName: "Nexus Réussite",
      senderAddress: "hello@school.example",
      replyTo: "office@school.example",
      color: "#0a6c74",
      logoUrl: "https://school.example/logo.png",
    };
    expect(await update(branding)).toEqual({ branding, userErrors: [] });
    expect(await update({ color: "#FFAA00" })).toMatchObject({ branding: { ...branding, color: "#ffaa00" } });
    expect(await update({ replyTo: null })).toMatchObject({
      branding: { replyTo: null, senderName: "Nexus Réussite" },
    });
    await queueMail(app, { cause: "branding:1" });
    await app.runDue();
    await waitFor(async () => (await app.mails()).some(({ from }) => from?.address === "hello@school.example"));
    const sent = (await app.mails()).find(({ from }) => from?.address === "hello@school.example");
    expect(sent?.from?.name).toBe("Nexus Réussite");
    expect(sent?.html).toContain("#ffaa00");
    expect(sent?.html).toContain("https://school.example/logo.png");
  });

  it.each([
    ["SENDER_NAME_INVALID", { senderName: " " }],
    ["SENDER_ADDRESS_INVALID", { senderAddress: "nobody" }],
    ["SENDER_DOMAIN_NOT_ALLOWED", { senderAddress: "ceo@bank.example" }],
    ["REPLY_TO_INVALID", { replyTo: "a@b@c" }],
    ["COLOR_INVALID", { color: "red; background: url(x)" }],
    ["LOGO_URL_INVALID", { logoUrl: "http://school.example/logo.png" }],
    ["LOGO_URL_INVALID", { logoUrl: "javascript:alert(1)" }],
  ])("%s", async (code, input) => {
    const field = ["input", Object.keys(input)[0]];
    expect(await update(input)).toEqual({ branding: null, userErrors: [{ code, field }] });
  });
});

describe("what has ended", () => {
  it("is forgotten after ninety days, what waits isn't", async () => {
    await queueMail(app, { cause: "old:1" });
    await queueMail(app, { cause: "old:2", dueAt: new Date("2029-01-01T00:00:00Z") });
    await app.runDue();
    const causes = async () =>
      (await owner.query<{ cause: string }>("SELECT cause FROM mail")).rows.map(({ cause }) => cause);
    await waitFor(async () => (await mails({ state: { in: ["SENDING"] } })).length === 0);
    clock.advance({ days: 89 });
    await app.runDue();
    expect(await causes()).toContain("old:1");
    clock.advance({ days: 2 });
    await app.runDue();
    expect(await causes()).toEqual(["old:2"]);
  });
});
