import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { LeadFiles, people, plainCsv } from "../../test/lead-files.ts";
import { toUuid } from "../operations/ids.ts";
import { ImportFailed } from "./lead-import-failure.ts";
import { readFileRows } from "./lead-import-reader.ts";

let files: LeadFiles;

beforeAll(async () => {
  files = await LeadFiles.start();
});
afterAll(() => files[Symbol.asyncDispose]());

const uuidOf = (id: string) => toUuid("LeadImport", id) ?? randomUUID();

test("an import whose process was killed, and one whose file never came, fail by themselves", async () => {
  const [killed, forgotten, waiting] = [await files.prepare(), await files.prepare(), await files.prepare()];
  await files.sql(
    "UPDATE lead_import SET status = 'RUNNING', heartbeat_at = now() - interval '1 minute' WHERE id = $1",
    [uuidOf(killed.id)],
  );
  await files.sql("UPDATE lead_import SET upload_expires_at = now() - interval '1 second' WHERE id = $1", [
    uuidOf(forgotten.id),
  ]);
  const isEnded = ({ status }: { status: string }) => status === "FAILED";
  expect(await files.waitFor(killed.id, isEnded, 15_000)).toMatchObject({ failure: "SERVER_STOPPED" });
  expect(await files.waitFor(forgotten.id, isEnded, 15_000)).toMatchObject({ failure: "UPLOAD_EXPIRED" });
  expect(await files.read(waiting.id)).toMatchObject({ status: "AWAITING_UPLOAD" });
  const entries = await files.sql("SELECT actor FROM journal_entry WHERE type = 'lead_import.failed'");
  expect(entries).toEqual([{ actor: { type: "SYSTEM" } }, { actor: { type: "SYSTEM" } }]);
}, 30_000);

test("an import that a stopping server reads fails at once, with nothing half-written", async () => {
  const { id, uploadUrl } = await files.prepare();
  const file = people(2_000);
  const socket = files.sendPart(uploadUrl, file.slice(0, 20_000), file.length);
  await files.waitFor(id, ({ status }) => status === "RUNNING");
  await files.app.stop();
  socket.destroy();
  const rows = await files.sql("SELECT status, failure, committed_rows FROM lead_import WHERE id = $1", [uuidOf(id)]);
  expect(rows).toEqual([{ status: "FAILED", failure: "SERVER_STOPPED", committed_rows: 0 }]);
  expect(await files.leads()).toBe(0);
});

test("memory doesn't grow with the file: 100,000 rows and a row without an end", async () => {
  const setting = { options: plainCsv, defaultCountry: "TN", now: new Date(), onLayout: () => undefined };
  const memory = () => process.memoryUsage().rss;
  let peak = 0;
  const many = async function* () {
    yield Buffer.from("email,name\n");
    for (let block = 0; block < 100; block++) {
      peak = Math.max(peak, memory());
      yield await Promise.resolve(Buffer.from(`p${block}@example.com,${"x".repeat(100)}\n`.repeat(1_000)));
    }
  };
  const before = memory();
  let rows = 0;
  for await (const row of readFileRows(many(), setting)) rows = row.row;
  expect(rows).toBe(100_000);
  const endless = async function* () {
    yield Buffer.from('email,name\np@example.com,"');
    for (;;) yield await Promise.resolve(Buffer.alloc(64 * 1024, "x"));
  };
  const reading = async () => {
    for await (const row of readFileRows(endless(), setting)) rows = row.row;
  };
  await expect(reading()).rejects.toBeInstanceOf(ImportFailed);
  expect(Math.max(peak, memory()) - before).toBeLessThan(120 * 1024 * 1024); // a list of the rows would take more
}, 60_000);
