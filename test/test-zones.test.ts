import { expect, it } from "@jest/globals";
import pg from "pg";
import { createTestDatabase } from "./database.ts";
import { databaseZoneOf, zoneOf, zones } from "./test-zones.ts";

const zone = process.env["TZ"] ?? "";

it("runs a test file in its zone, and what it asks PostgreSQL in another one", async () => {
  expect(new Date("2026-07-01T00:00:00Z").getHours()).toBe({ "America/New_York": 20, "Asia/Kolkata": 5 }[zone] ?? 0);
  await using database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
  const { rows } = await client.query("SHOW timezone");
  await client.end();
  expect(rows).toEqual([{ TimeZone: databaseZoneOf(zone) }]);
  expect(databaseZoneOf(zone)).not.toBe(zone);
});

it("gives each zone to some of the files", () => {
  const given = Array.from({ length: 60 }, (_, index) => zoneOf(new URL(`${index}.test.ts`, import.meta.url).pathname));
  expect(new Set(given)).toEqual(new Set(zones));
});
