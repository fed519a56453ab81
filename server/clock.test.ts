import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "@jest/globals";

const root = import.meta.dirname;

/** What lives by the clock that it is handed: a test turns it, and nobody lives by the zone of the machine. */
const folders = ["people", "credits", "billing", "sessions", "calendar", "mail", "jobs", "bulk", "leads", "webhooks"];

const systemTime = /\bDate\.now\(\)|\bnew Date\(\)/;
const machineZone = /\.(?:get|set)(?:Hours|Minutes|Date|Day|Month|FullYear)\(|\bnew Date\([^()[\]{}]*,/;

/** Where it is real time that counts. */
const deliberate: Readonly<Record<string, string>> = {
  "bulk/bulk-worker.ts": "heartbeats are the database's: who is silent for long in real time has ended",
  "leads/lead-import-janitor.ts": "the same",
  "webhooks/attempt-send.ts": "the receiver checks the signature's time, and says in real time when to come back",
  "webhooks/webhook-janitor.ts": "how long the log is kept, in real days",
};

async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true });
  return entries
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => `${folder}/${name}`);
}

it("is what the domains go by: neither the system's time nor the machine's zone", async () => {
  const files = (await Promise.all(folders.map(sources))).flat();
  const found: string[] = [];
  for (const file of files) {
    const text = await readFile(join(root, file), "utf8");
    if (machineZone.test(text)) found.push(`${file}: the machine's zone`);
    if (systemTime.test(text) && deliberate[file] === undefined) found.push(`${file}: the system's time`);
  }
  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});
