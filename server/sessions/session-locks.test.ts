import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { createCoach, createSessionType, everyDay, mutate, setWeek } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { book, booked, createFamily, createOffer } from "../../test/sessions.ts";
import { waitFor } from "../../test/wait-for.ts";
import { toUuid } from "../operations/ids.ts";

// People who change sessions at the same moment: each waits for the others, and none of them in a ring (docs/decisions/0022).

const clock = new TestClock("2026-11-23T10:00:00Z");
const startsAt = "2026-11-26T14:00:00.000Z";
const days = ["01", "02", "03", "04", "05", "06"].map((day) => `2026-12-${day}`);

let database: TestDatabase;
let app: TestApp;
let graphql: TestApp["graphql"];
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  app = await startApp({ clock, database });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await app[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

interface Joined {
  readonly entry: { readonly id: string; readonly status: string } | null;
  readonly userErrors: { readonly code: string }[];
}

interface Answer {
  readonly userErrors: readonly { readonly code: string }[];
}

const join = (input: object) => mutate<Joined>(graphql, "joinWaitingList", input, "entry { id status }");
const cancel = (input: object) => mutate<Answer>(graphql, "cancelSession", input, "cursor");
const move = (input: object) => mutate<Answer>(graphql, "rescheduleSession", input, "cursor");
const codesOf = (answers: readonly Answer[]) => answers.map(({ userErrors }) => userErrors.map(({ code }) => code));

async function statusOf(id: string | undefined) {
  const answer = await graphql("query ($id: ID!) { node(id: $id) { ... on WaitingListEntry { status } } }", { id });
  return payload<{ status: string }>(answer, "node").status;
}

/** Somebody who holds a row until what waits for it is done. */
async function holding<T>(lock: string, values: unknown[], work: (release: () => Promise<void>) => Promise<T>) {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query("SELECT set_config('nexora.tenant_id', $1, false)", [toUuid("Tenant", app.tenant.tenantId)]);
    await client.query("BEGIN");
    await client.query(lock, values);
    return await work(async () => void (await client.query("COMMIT")));
  } finally {
    await client.end();
  }
}

/** Until a statement of the server that says this waits for a lock. */
async function untilWaiting(statement: string): Promise<void> {
  await waitFor(async () => {
    const { rows } = await owner.query(
      `SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND strpos(query, $1) > 0 AND pid <> pg_backend_pid()`,
      [statement],
    );
    return rows.length > 0;
  });
}

test("who cancels what others wait for and who books with the same coach don't meet in a ring", async () => {
  const [family, waiter] = await Promise.all([createFamily(graphql, 40), createFamily(graphql, 40)]);
  const offer = await createOffer(graphql);
  await setWeek(graphql, offer.coachId, everyDay("08:00", "20:00"), { timeZone: "UTC", dayLimit: 8 });
  for (const day of days) {
    const slot = { ...offer, startsAt: `${day}T10:00:00Z` };
    const id = await booked(graphql, { learnerId: family.learnerId, ...slot });
    await join({ learnerId: waiter.learnerId, ...slot });
    const again = { learnerId: family.learnerId, ...offer, startsAt: `${day}T15:00:00Z` };
    expect(codesOf(await Promise.all([cancel({ id }), book(graphql, again)]))).toEqual([[], []]);
  }
}, 120_000);

test("who cancels and who moves a session that costs nothing don't meet in a ring", async () => {
  const family = await createFamily(graphql, 0);
  const offer = await createOffer(graphql, { creditCost: 0 });
  for (const day of days) {
    const id = await booked(graphql, { learnerId: family.learnerId, ...offer, startsAt: `${day}T10:00:00Z` });
    const [cancelled, moved] = await Promise.all([cancel({ id }), move({ id, startsAt: `${day}T12:00:00Z` })]);
    expect(codesOf([cancelled])).toEqual([[]]);
    expect([[], ["NOT_OPEN"]]).toContainEqual(codesOf([moved])[0]);
  }
}, 120_000);

test("coaches with limits who are booked as anybody give as many sessions as they may", async () => {
  const coachIds = await Promise.all([1, 2, 3, 4].map(() => createCoach(graphql)));
  for (const coachId of coachIds) {
    await setWeek(graphql, coachId, everyDay("08:00", "20:00"), { timeZone: "UTC", dayLimit: 1 });
  }
  const sessionTypeId = await createSessionType(graphql, { coachIds });
  const families = await Promise.all(Array.from({ length: 8 }, () => createFamily(graphql)));
  const answers = await Promise.all(
    families.map(({ learnerId }, index) =>
      book(graphql, { learnerId, sessionTypeId, startsAt: `2026-12-01T${10 + index}:00:00Z` }),
    ),
  );
  const codes = codesOf(answers).flat();
  expect(codes.filter((code) => code !== "DAY_LIMIT")).toEqual([]);
  expect(codes).toHaveLength(4);
}, 120_000);

test("who gives up an offer, who cancels and the offers that end pass places on, each once", async () => {
  const families = await Promise.all(Array.from({ length: 6 }, () => createFamily(graphql)));
  const [one, two, ...waiting] = families.map(({ learnerId }) => learnerId);
  const slot = { ...(await createOffer(graphql, { kind: "GROUP", seats: 3 })), startsAt };
  const keeper = await createFamily(graphql);
  const id = await booked(graphql, { learnerId: keeper.learnerId, ...slot });
  await booked(graphql, { learnerId: one, ...slot });
  await booked(graphql, { learnerId: two, ...slot });
  const entries: (string | undefined)[] = [];
  for (const learnerId of waiting) {
    entries.push((await join({ learnerId, ...slot })).entry?.id);
    clock.advance({ minutes: 1 });
  }
  await cancel({ id, learnerId: one });
  expect(await statusOf(entries[0])).toBe("OFFERED");
  const [left, cancelled] = await Promise.all([
    mutate<Answer>(graphql, "leaveWaitingList", { id: entries[0] }, "cursor"),
    cancel({ id, learnerId: two }),
    app.runDue(),
  ]);
  expect(codesOf([left, cancelled])).toEqual([[], []]);
  expect(await Promise.all(entries.map(statusOf))).toEqual(["LEFT", "OFFERED", "OFFERED", "WAITING"]);
  clock.advance({ hours: 3 });
  await Promise.all([app.runDue(), app.runDue(), mutate(graphql, "leaveWaitingList", { id: entries[3] }, "cursor")]);
  expect(await Promise.all(entries.map(statusOf))).toEqual(["LEFT", "EXPIRED", "EXPIRED", "LEFT"]);
  clock.set("2026-11-23T10:00:00Z");
}, 120_000);

test("who begins to wait while the place becomes free is offered it", async () => {
  const [holder, waiter] = await Promise.all([createFamily(graphql), createFamily(graphql)]);
  const slot = { ...(await createOffer(graphql)), startsAt };
  const id = await booked(graphql, { learnerId: holder.learnerId, ...slot });
  const type = toUuid("SessionType", slot.sessionTypeId);
  const [joined] = await holding("SELECT FROM session_type WHERE id = $1 FOR UPDATE", [type], async (release) => {
    const joining = join({ learnerId: waiter.learnerId, ...slot });
    await untilWaiting("INSERT INTO waiting_list_entry"); // it has seen the session, and can't write the entry yet
    const cancelling = cancel({ id });
    await Promise.race([cancelling, untilWaiting("pg_advisory_xact_lock")]);
    await release();
    return Promise.all([joining, cancelling]);
  });
  expect(joined.userErrors).toEqual([]);
  expect(await statusOf(joined.entry?.id)).toBe("OFFERED");
}, 120_000);

test("a workshop that is moved while somebody joins it isn't joined at its new time by the old time's rules", async () => {
  const [first, second] = await Promise.all([createFamily(graphql), createFamily(graphql)]);
  const offer = await createOffer(graphql, { kind: "GROUP", seats: 3 });
  const id = await booked(graphql, { learnerId: first.learnerId, ...offer, startsAt });
  const client = toUuid("Client", second.clientId);
  const lock = "SELECT FROM credit_balance WHERE account_id = $1 FOR UPDATE";
  const [answer, moved] = await holding(lock, [client], async (release) => {
    const joining = book(graphql, { learnerId: second.learnerId, ...offer, startsAt });
    await untilWaiting("session_book"); // it is planned, and waits for its credits
    const moving = await move({ id, startsAt: "2027-01-07T14:00:00Z" });
    await release();
    return [await joining, moving] as const;
  });
  expect(codesOf([moved, answer])).toEqual([[], []]);
  expect(answer.session?.id).not.toBe(id); // the time is free again: a workshop of its own
  const { rows } = await owner.query(
    `SELECT s.starts_at, s.starts_at - b.deadline_at = interval '1 day' AS is_of_its_start, h.ends_at > s.ends_at AS is_held
     FROM booking b JOIN session s ON s.id = b.session_id JOIN credit_hold h ON h.id = b.hold_id WHERE b.client_id = $1`,
    [client],
  );
  expect(rows).toEqual([{ starts_at: new Date(startsAt), is_of_its_start: true, is_held: true }]);
}, 120_000);

test("none of it was a deadlock that was tried again", async () => {
  await app[Symbol.asyncDispose]();
  // Backends tell what they counted as they end.
  await waitFor(async () => {
    const { rows } = await owner.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    return rows.length === 0;
  });
  const { rows } = await owner.query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  expect(rows).toEqual([{ deadlocks: "0" }]);
});
