import { expect, it } from "@jest/globals";
import { createTestDatabase } from "../../test/database.ts";
import { eventsOf } from "../../test/events.ts";
import { openDatabase, insertTenant } from "../../test/tenant-rows.ts";
import { toId } from "../operations/ids.ts";
import { EventRetentionSweep } from "./event-retention-sweep.ts";
import { EventStore } from "./event-store.ts";
import { VisitorSalts } from "./visitor-salts.ts";

function event(tenantId: string, message_id: string, fields: object = {}) {
  const row = {
    tenant_id: tenantId,
    message_id,
    type: "track",
    day: "2026-11-21",
    time: "2026-11-21T10:00:00Z",
    received_at: "2026-11-21T10:00:00Z",
  };
  return { tenantId, text: JSON.stringify({ ...row, is_bot: false, is_private: false, ...fields }) };
}

it("writes what the database takes, and hands back what it refuses", async () => {
  await using database = await createTestDatabase();
  await using connections = openDatabase(database.appUrl);
  const store = new EventStore(connections);
  const tenants = [await insertTenant(connections), await insertTenant(connections)] as const;
  const bad = event(tenants[1], "bad", { type: "dance" });
  const odd = event(tenants[0], "odd", { day: "some day" });
  const good = ["a", "b", "c", "d", "e"].map((id, index) => event(tenants[index % 2 === 0 ? 0 : 1], id));
  const events = [good[0], bad, good[1], good[2], odd, good[3], good[4]].filter((each) => each !== undefined);
  expect(await store.append(events)).toEqual([bad, odd]);
  const ids = async (tenant: string) =>
    (await eventsOf(database.ownerUrl, { tenantId: toId("Tenant", tenant) })).map(({ message_id }) => message_id);
  expect([await ids(tenants[0]), await ids(tenants[1])]).toEqual([
    ["a", "c", "e"],
    ["b", "d"],
  ]);
});

it("writes for no tenant that a statement doesn't name, and shows each tenant its own", async () => {
  await using database = await createTestDatabase();
  await using connections = openDatabase(database.appUrl);
  const [ours, theirs] = [await insertTenant(connections), await insertTenant(connections)];
  const foreign = { ...event(theirs, "foreign"), tenantId: ours };
  await expect(new EventStore(connections).append([foreign])).rejects.toMatchObject({ code: "42501" });
  await new EventStore(connections).append([event(ours, "a"), event(theirs, "b")]);
  const seen = await connections.read(ours, (session) => session.query({ text: "SELECT message_id FROM event" }));
  expect(seen).toEqual([{ message_id: "a" }]);
  expect(await connections.global((session) => session.query({ text: "SELECT FROM event" }))).toEqual([]);
});

it("makes months ahead, moves what came before its month was made, and forgets months that are over for long", async () => {
  await using database = await createTestDatabase();
  await using connections = openDatabase(database.appUrl);
  const tenant = await insertTenant(connections);
  const salts = new VisitorSalts(connections);
  const store = new EventStore(connections);
  const sweep = new EventRetentionSweep({ database: connections, salts, months: 2 });
  const partitions = async () =>
    Object.fromEntries(
      (await eventsOf(database.ownerUrl, { tenantId: toId("Tenant", tenant) })).map((each) => [
        each.message_id,
        each.partition,
      ]),
    );
  await store.append([
    event(tenant, "of 1970", { day: "1970-01-01", received_at: "2040-05-20T00:00:00Z" }),
    event(tenant, "may", { day: "2040-05-31" }),
    event(tenant, "june", { day: "2040-06-01" }),
  ]);
  expect(Object.values(await partitions())).toEqual(["event_default", "event_default", "event_default"]);
  await sweep.runDue(new Date("2040-06-15T00:00:00Z"));
  await sweep.runDue(new Date("2040-06-15T00:00:00Z"));
  expect(await partitions()).toEqual({ "of 1970": "event_default", may: "event_2040_05", june: "event_2040_06" });
  expect(await store.append([event(tenant, "may", { day: "2040-05-31" })])).toEqual([]);
  await sweep.runDue(new Date("2040-08-01T00:00:00Z"));
  expect(await partitions()).toEqual({ june: "event_2040_06" });
  await sweep.runDue(new Date("2040-09-01T00:00:00Z"));
  expect(await partitions()).toEqual({});
});

it("gives a visitor one id a day, and destroys what it was made with the day after", async () => {
  await using database = await createTestDatabase();
  await using connections = openDatabase(database.appUrl);
  const tenant = await insertTenant(connections);
  const visitor = { site: "shop.example", network: "192.0.2.0/24", userAgent: "x" };
  const [one, other] = [new VisitorSalts(connections), new VisitorSalts(connections)];
  const [late, early] = [new Date("2026-11-21T23:59:59Z"), new Date("2026-11-22T00:00:00Z")];
  const id = await one.dailyId(tenant, visitor, late);
  expect(await other.dailyId(tenant, visitor, late)).toBe(id); // another process
  expect(await one.dailyId(tenant, visitor, early)).not.toBe(id);
  expect(await one.dailyId(tenant, { ...visitor, site: "blog.example" }, early)).not.toBe(id);
  const days = () =>
    connections.read(tenant, (session) => session.query({ text: "SELECT day::text FROM visitor_salt ORDER BY day" }));
  expect(await days()).toEqual([{ day: "2026-11-21" }, { day: "2026-11-22" }]);
  await one.destroyOld(early);
  expect(await days()).toEqual([{ day: "2026-11-22" }]);
  await other.destroyOld(early);
  expect(await other.dailyId(tenant, visitor, late)).not.toBe(id);
});
