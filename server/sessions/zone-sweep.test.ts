import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { mutate } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { booked, createFamily, createOffer } from "../../test/sessions.ts";
import { toUuid } from "../operations/ids.ts";

const clock = new TestClock("2026-11-23T10:00:00Z");

let app: TestApp;
let graphql: TestApp["graphql"];
let owner: pg.Client;

beforeAll(async () => {
  app = await startApp({ clock });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await app[Symbol.asyncDispose]();
});

const read = async (id: string) =>
  payload(
    await graphql("query ($id: ID!) { session(id: $id) { startsAt timeZone localStartsAt zoneShiftMin } }", { id }),
    "session",
  );

test("new rules of a zone leave a session its instant, and say once that its clocks show another time", async () => {
  const { learnerId } = await createFamily(graphql);
  const offer = await createOffer(graphql);
  const id = await booked(graphql, { learnerId, ...offer, startsAt: "2026-11-26T14:00:00Z" });
  const agreed = { startsAt: "2026-11-26T14:00:00.000Z", timeZone: "UTC", localStartsAt: "2026-11-26T14:00:00+00:00" };
  expect(await read(id)).toEqual({ ...agreed, zoneShiftMin: 0 });
  await app.runDue();
  const uuid = toUuid("Session", id);
  const said = async () => {
    const { rows } = await owner.query<{ data: object }>(
      "SELECT data FROM journal_entry WHERE subject_id = $1 AND type = 'session.zone_shifted'",
      [uuid],
    );
    return rows.map(({ data }) => data);
  };
  expect(await said()).toEqual([]);
  // As if it had been booked by other rules, which were in force until now.
  const localStart = "2026-11-26T15:00:00+01:00";
  await owner.query("UPDATE session SET local_start = $2 WHERE id = $1", [uuid, localStart]);
  await owner.query("UPDATE zone_check SET zone_data = '2026a'");
  await app.runDue();
  await app.runDue();
  const { startsAt, timeZone } = agreed;
  const zoneData = process.versions["tz"];
  expect(await said()).toEqual([{ startsAt, timeZone, localStart, shiftMin: -60, zoneData }]);
  expect(await read(id)).toEqual({ startsAt, timeZone, localStartsAt: localStart, zoneShiftMin: -60 });
  const move = { id, localStart: { local: "2026-11-26T15:00", timeZone } };
  expect(await mutate(graphql, "rescheduleSession", move, "cursor")).toMatchObject({ userErrors: [] });
  expect(await read(id)).toMatchObject({ startsAt: "2026-11-26T15:00:00.000Z", zoneShiftMin: 0 });
});
