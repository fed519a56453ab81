import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { TestClock } from "../../test/clock.ts";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { type MailServer, startMailServer } from "../../test/mail-server.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import { InProcessHints } from "../adapters/hints/in-process-hints.ts";
import { SmtpMail } from "../adapters/mail/smtp-mail.ts";
import type { Database } from "../db/database.ts";
import { Jobs } from "../jobs/jobs.ts";
import { JournalService } from "../journal/journal.service.ts";
import { createLog } from "../log.ts";
import { MailOutbox, type NewMail } from "./mail-outbox.ts";
import { MailSender } from "./mail-sender.ts";
import type { MailTransport } from "./mail-transport.port.ts";

const startsAt = "2026-11-24T13:00:00Z";
const session = { name: "Amina", learnerName: "Karim", coachName: "Hélios", title: "Grand Oral", credits: 1 };

let testDatabase: TestDatabase;
let owner: pg.Pool;
let database: Database & AsyncDisposable;
let server: MailServer;
let tenantId: string;
const hints = new InProcessHints();
const clock = new TestClock();
const outbox = new MailOutbox(new Jobs(), clock.now);

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  owner = new pg.Pool({ connectionString: testDatabase.ownerUrl, max: 1 });
  database = openDatabase(testDatabase.appUrl, 10);
});
afterAll(async () => {
  await owner.end();
  await hints.close();
  await database.close();
  await testDatabase[Symbol.asyncDispose]();
});
beforeEach(async () => {
  clock.set("2026-11-21T10:00:00Z");
  server = await startMailServer();
  tenantId = await insertTenant(database);
});
afterEach(async () => {
  await owner.query("DELETE FROM mail");
  await server[Symbol.asyncDispose]();
});

function sender(transport: MailTransport = new SmtpMail(server.url)): MailSender {
  const journal = new JournalService(database, hints);
  const log = createLog({ level: "silent" });
  return new MailSender({
    database,
    journal,
    jobs: new Jobs(),
    transport,
    sender: "no-reply@nexora.example",
    clock: clock.now,
    log,
  });
}

const reminder: NewMail = {
  kind: "SESSION_REMINDER",
  cause: "session:1:reminder",
  to: "amina@example.com",
  toName: "Amina Ben Salah",
  locale: "fr-TN",
  timeZone: "Africa/Tunis",
  data: { ...session, startsAt, endsAt: "2026-11-24T14:00:00Z" },
  dueAt: new Date("2026-11-23T13:00:00Z"),
};
const welcome: NewMail = {
  kind: "WELCOME",
  cause: "client:1:welcome",
  to: "amina@example.com",
  locale: "en",
  timeZone: "UTC",
  data: { name: "Amina", link: "https://example.com/choose?token=secret" },
};

async function queue(mail: NewMail): Promise<boolean> {
  return (await database.transaction(tenantId, (tx) => outbox.queue(tx, mail))).result;
}

interface MailState {
  readonly state: string;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly data: Record<string, unknown>;
  readonly next_attempt_at: Date | null;
}

async function stateOf(cause: string): Promise<MailState> {
  const { rows } = await owner.query<MailState>("SELECT * FROM mail WHERE tenant_id = $1 AND cause = $2", [
    tenantId,
    cause,
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error(`no mail for ${cause}`);
  return row;
}

const runDue = (...senders: MailSender[]) =>
  Promise.all((senders.length === 0 ? [sender()] : senders).map((each) => each.runDue(clock.now())));

describe("the outbox", () => {
  it("sends a mail when it is due, with its sender, words, calendar and stable id", async () => {
    const ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
    await queue({
      ...reminder,
      attachments: [
        { filename: "session.ics", contentType: "text/calendar; method=REQUEST; charset=utf-8", text: ics },
      ],
    });
    clock.set("2026-11-23T12:59:59Z");
    await runDue();
    expect(server.accepted).toEqual([]);
    clock.set("2026-11-23T13:00:00Z");
    await runDue();
    const [received] = server.accepted;
    expect(received?.to).toBe("amina@example.com");
    const { email } = received ?? {};
    expect(email?.from).toMatchObject({ name: "A tenant", address: "no-reply@nexora.example" });
    expect(email?.to).toMatchObject([{ name: "Amina Ben Salah", address: "amina@example.com" }]);
    expect(email?.subject).toBe("Rappel\u00a0: Grand Oral, 24 novembre 2026 à 14:00");
    expect(email?.text).toContain("Hélios");
    expect(email?.html).toContain("Hélios");
    expect(email?.headers.find(({ key }) => key === "auto-submitted")?.value).toBe("auto-generated");
    const { rows } = await owner.query<{ message_id: string }>("SELECT message_id FROM mail");
    expect(email?.messageId).toBe(`<${rows[0]?.message_id}>`);
    const calendar = email?.attachments.find(({ mimeType }) => mimeType === "text/calendar");
    expect(calendar?.method).toBe("REQUEST");
    expect(await stateOf(reminder.cause)).toMatchObject({ state: "SENT", attempts: 1, last_error: null });
  });

  it("has one mail for each cause, whoever queues it how often", async () => {
    const queued = await Promise.all([1, 2, 3].map(() => queue(welcome)));
    expect(queued.filter(Boolean)).toHaveLength(1);
    await runDue(sender(), sender(), sender());
    expect(await queue(welcome)).toBe(false);
    await runDue();
    expect(server.accepted).toHaveLength(1);
    // Another tenant's cause is another cause.
    tenantId = await insertTenant(database);
    expect(await queue(welcome)).toBe(true);
  });

  it("knows nothing of a mail whose transaction didn't commit, and has a job for one whose did", async () => {
    const failing = database.transaction(tenantId, async (tx) => {
      await outbox.queue(tx, welcome);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await runDue();
    expect(server.attempts).toBe(0);
    await queue(reminder);
    const { rows } = await owner.query<{ start_after: Date }>(
      "SELECT start_after FROM pgboss.job WHERE group_id = $1",
      [tenantId],
    );
    expect(rows).toEqual([{ start_after: reminder.dueAt }]);
  });

  it("moves what is queued, with what it says, and neither moves nor cancels what was sent", async () => {
    const change = (work: (tx: Parameters<MailOutbox["cancel"]>[0]) => Promise<boolean>) =>
      database.transaction(tenantId, work).then(({ result }) => result);
    await queue(reminder);
    const moved = new Date("2026-11-25T13:00:00Z");
    const data = { startsAt: "2026-11-26T13:00:00Z", endsAt: "2026-11-26T14:00:00Z" };
    expect(await change((tx) => outbox.move(tx, reminder.cause, moved, { data }))).toBe(true);
    clock.set("2026-11-24T13:00:00Z");
    await runDue();
    expect(server.accepted).toEqual([]);
    clock.set(moved);
    await runDue();
    expect(server.accepted[0]?.email.text).toContain("jeudi 26 novembre 2026");
    expect(await change((tx) => outbox.move(tx, reminder.cause, new Date("2027-01-01T00:00:00Z")))).toBe(false);
    expect(await change((tx) => outbox.cancel(tx, reminder.cause))).toBe(false);

    await queue({ ...reminder, cause: "session:2:reminder", dueAt: new Date("2026-11-26T00:00:00Z") });
    expect(await change((tx) => outbox.cancel(tx, "session:2:reminder"))).toBe(true);
    clock.set("2027-01-01T00:00:00Z");
    await runDue();
    expect(server.accepted).toHaveLength(1);
    expect((await stateOf("session:2:reminder")).state).toBe("CANCELLED");
  });

  it("doesn't remind of what is over", async () => {
    await queue(reminder);
    clock.set("2026-11-24T13:00:00Z");
    await runDue();
    expect(server.attempts).toBe(0);
    expect(await stateOf(reminder.cause)).toMatchObject({ state: "FAILED", last_error: "It was too late for it." });
  });

  it("forgets a link that lets its reader in once the mail is sent", async () => {
    await queue(welcome);
    expect((await stateOf(welcome.cause)).data).toHaveProperty("link");
    await runDue();
    expect(server.accepted[0]?.email.text).toContain("https://example.com/choose?token=secret");
    expect((await stateOf(welcome.cause)).data).toEqual({ name: "Amina" });
  });
});

describe("a mail server", () => {
  it("that can't take a mail now gets it later, and only then", async () => {
    server.reactions.push("LATER", "VANISH_BEFORE");
    await queue(welcome);
    await runDue();
    expect(await stateOf(welcome.cause)).toMatchObject({
      state: "QUEUED",
      attempts: 1,
      last_error: expect.stringContaining("451"),
    });
    await runDue();
    expect(server.attempts).toBe(1);
    clock.advance({ minutes: 1 });
    await runDue();
    expect(await stateOf(welcome.cause)).toMatchObject({ state: "QUEUED", attempts: 2 });
    clock.advance({ minutes: 5 });
    await runDue();
    expect(await stateOf(welcome.cause)).toMatchObject({ state: "SENT", attempts: 3 });
    expect(server.accepted).toHaveLength(1);
  });

  it("that refuses a mail isn't asked again", async () => {
    server.reactions.push("REFUSE");
    await queue(welcome);
    await runDue();
    clock.advance({ days: 2 });
    await runDue();
    expect(server.attempts).toBe(1);
    expect(await stateOf(welcome.cause)).toMatchObject({ state: "FAILED", last_error: expect.stringContaining("550") });
  });

  it("that took a mail and told nobody doesn't get it again: people are told that it is unknown", async () => {
    server.reactions.push("VANISH_AFTER");
    await queue(welcome);
    await runDue();
    clock.advance({ days: 2 });
    await runDue();
    expect(server.accepted).toHaveLength(1);
    expect(await stateOf(welcome.cause)).toMatchObject({ state: "UNKNOWN", attempts: 1 });
    const { rows } = await owner.query("SELECT FROM journal_entry WHERE tenant_id = $1 AND type = 'mail.unknown'", [
      tenantId,
    ]);
    expect(rows).toHaveLength(1);
  });

  it("that is away all the time gets a mail seven times within a day, then it has failed", async () => {
    await server[Symbol.asyncDispose]();
    await queue(welcome);
    for (const minutes of [0, 1, 5, 30, 120, 360, 720]) {
      clock.advance({ minutes });
      await runDue();
    }
    expect(await stateOf(welcome.cause)).toMatchObject({ state: "FAILED", attempts: 7, next_attempt_at: null });
    server = await startMailServer();
  });

  it("gets a login, and a wrong one is the operator's to correct: the mail waits", async () => {
    await using strict = await startMailServer({ user: "nexora", pass: "p@ss/word" });
    await queue(welcome);
    await runDue(sender(new SmtpMail(strict.url.replace("nexora:", "nobody:"))));
    expect((await stateOf(welcome.cause)).state).toBe("QUEUED");
    clock.advance({ minutes: 1 });
    await runDue(sender(new SmtpMail(strict.url)));
    expect(strict.accepted).toHaveLength(1);
  });
});

describe("a process that ends while it sends", () => {
  it("leaves a mail that nobody sends again, and that people see as unknown", async () => {
    await queue(welcome);
    await database.transaction(tenantId, (tx) =>
      tx.query({ text: "UPDATE mail SET state = 'SENDING', next_attempt_at = NULL, attempts = 1, claimed_at = now()" }),
    );
    await runDue();
    expect((await stateOf(welcome.cause)).state).toBe("SENDING"); // perhaps another process is at it
    await owner.query("UPDATE mail SET claimed_at = now() - interval '11 minutes'");
    await runDue();
    expect(await stateOf(welcome.cause)).toMatchObject({ state: "UNKNOWN" });
    expect(server.attempts).toBe(0);
  });

  it("keeps nobody from sending what it hadn't begun, each once", async () => {
    for (let number = 0; number < 60; number += 1) await queue({ ...welcome, cause: `client:${number}:welcome` });
    await runDue(sender(), sender(), sender());
    expect(server.accepted).toHaveLength(60);
    expect(new Set(server.accepted.map(({ email }) => email.messageId)).size).toBe(60);
  });
});
