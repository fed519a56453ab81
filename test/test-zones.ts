import { hash } from "node:crypto";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** West of Greenwich with summer time, east of it by half an hour, and neither: what depends on a zone shows in one of them. */
export const zones = ["UTC", "America/New_York", "Asia/Kolkata"] as const;

const root = fileURLToPath(new URL("..", import.meta.url));

/** The zone that a test file runs in: always the same, so that a failure can be repeated, and each for a third of the files. */
export function zoneOf(testPath: string): string {
  const name = relative(root, testPath).replaceAll("\\", "/");
  return zones[Number.parseInt(hash("sha256", name).slice(0, 8), 16) % zones.length] ?? "UTC";
}

/** For the sessions of a test's database: never the process' own, so that what mixes the two up shows, too. */
export function databaseZoneOf(processZone: string | undefined): string {
  const place = zones.findIndex((zone) => zone === processZone);
  return zones[(place + 1) % zones.length] ?? "UTC";
}
