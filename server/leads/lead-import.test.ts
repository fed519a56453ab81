import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { testSecret } from "../../test/app.ts";
import { LeadFiles, people } from "../../test/lead-files.ts";
import { eventually, follow } from "../../test/live.ts";
import { deriveKey } from "../operations/derive-key.ts";
import { toUuid } from "../operations/ids.ts";
import { SignedLinks } from "../operations/signed-link.ts";

const maxBytes = 300_000;
const skip = { errorPolicy: "SKIP_FAILED" };
let files: LeadFiles;

beforeAll(async () => {
  files = await LeadFiles.start({ UPLOAD_MAX_BYTES: String(maxBytes) });
});
afterAll(() => files[Symbol.asyncDispose]());
beforeEach(async () => {
  await files.sql("TRUNCATE lead, lead_identity, lead_note, lead_consent CASCADE");
});

describe("an import that skips failed rows", () => {
  it("writes the good rows in their order, merges the known people and reports the rest", async () => {
    await files.import("email,name\np2@example.com,Known\n", skip);
    const { status, body, state } = await files.import(`${people(1_200, [3, 700])}P5@example.com,Again\n`, skip);
    expect(status).toBe(200);
    expect(body).toMatchObject({ leadImport: { status: "COMPLETED", committedRows: 1_199 } });
    expect(state).toMatchObject({
      processedRows: 1_201,
      committedRows: 1_199,
      createdLeads: 1_197,
      mergedLeads: 2,
      failedRows: 2,
    });
    expect(state.errors.nodes).toEqual([
      { row: 3, line: 4, code: "EMAIL_INVALID", field: ["email"] },
      { row: 700, line: 701, code: "EMAIL_INVALID", field: ["email"] },
    ]);
    expect(await files.leads()).toBe(1_198);
    expect(await files.sql("SELECT name FROM lead WHERE email = 'p5@example.com'")).toEqual([{ name: "Again" }]);
  });

  it("keeps the batches that were committed when the connection is cut, and says how many rows that are", async () => {
    const { id, uploadUrl } = await files.prepare(skip);
    const file = people(2_000);
    const socket = files.sendPart(uploadUrl, file.slice(0, file.indexOf("p1600@")), file.length);
    await files.waitFor(id, ({ committedRows }) => committedRows >= 1_500);
    socket.destroy();
    const state = await files.waitFor(id, ({ status }) => status !== "RUNNING");
    expect(state).toMatchObject({ status: "FAILED", failure: "CONNECTION_LOST", committedRows: 1_500 });
    expect(await files.leads()).toBe(1_500);
  });

  it("keeps a thousand errors and counts all", async () => {
    const { state } = await files.import(`email\n${"x\n".repeat(1_300)}`, skip);
    expect(state).toMatchObject({ status: "COMPLETED", failedRows: 1_300, committedRows: 0 });
    expect(
      await files.sql("SELECT count(*)::int FROM lead_import_row_error WHERE import_id = $1", [
        toUuid("LeadImport", state.id),
      ]),
    ).toEqual([{ count: 1_000 }]);
  });
});

describe("an import of all or nothing", () => {
  it("writes all rows in one transaction, each with its journal entry", async () => {
    const { status, state } = await files.import(people(1_200));
    expect(status).toBe(200);
    expect(state).toMatchObject({ status: "COMPLETED", committedRows: 1_200, createdLeads: 1_200 });
    expect(await files.sql("SELECT count(DISTINCT xmin::text)::int AS transactions FROM lead")).toEqual([
      { transactions: 1 },
    ]);
    const verified = await files.app.graphql("{ verifyJournal { valid } }");
    expect(verified.data).toEqual({ verifyJournal: { valid: true } });
    expect(
      await files.sql(
        `SELECT count(*)::int AS entries FROM journal_entry WHERE type = 'lead.captured' AND subject_id IN (SELECT id FROM lead)`,
      ),
    ).toEqual([{ entries: 1_200 }]);
  });

  it("writes nothing when one row of many is bad, and reports it", async () => {
    const { status, body, state } = await files.import(people(1_200, [1_150]));
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT", reason: "REQUEST" } }] });
    expect(state).toMatchObject({
      status: "FAILED",
      failure: "ROWS_INVALID",
      processedRows: 1_200,
      committedRows: 0,
      failedRows: 1,
    });
    expect(state.errors.nodes).toMatchObject([{ row: 1_150, code: "EMAIL_INVALID" }]);
    expect(await files.leads()).toBe(0);
  });

  it("writes nothing when a known lead can't take what a row brings", async () => {
    const attributes = (prefix: string) =>
      Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${prefix}${index}`, 1]));
    const line = (email: string, prefix: string) => `${JSON.stringify({ email, attributes: attributes(prefix) })}\n`;
    const { state } = await files.import(line("a@x.io", "a") + line("b@x.io", "a") + line("a@x.io", "b"), {
      format: "JSONL",
    });
    expect(state).toMatchObject({ status: "FAILED", failure: "ROWS_INVALID", failedRows: 1 });
    expect(state.errors.nodes).toMatchObject([{ row: 3, line: 3, code: "ATTRIBUTES_TOO_LARGE" }]);
    expect(await files.leads()).toBe(0);
  });

  it("writes nothing when the connection is cut half way", async () => {
    const { id, uploadUrl } = await files.prepare();
    const file = people(2_000);
    const socket = files.sendPart(uploadUrl, file.slice(0, file.indexOf("p1600@")), file.length);
    await files.waitFor(id, ({ processedRows }) => processedRows > 1_000);
    socket.destroy();
    const state = await files.waitFor(id, ({ status }) => status !== "RUNNING");
    expect(state).toMatchObject({ status: "FAILED", failure: "CONNECTION_LOST", committedRows: 0 });
    expect(await files.leads()).toBe(0);
  });
});

test.each([["SKIP_FAILED"], ["ALL_OR_NOTHING"]])(
  "a dry run (%s) counts as the import would, and writes nothing",
  async (errorPolicy) => {
    await files.import("email\np2@example.com\n");
    const head = await files.sql(
      "SELECT max(position)::int AS position FROM journal_entry WHERE type = 'lead.captured'",
    );
    const file = `${people(700, [3])}p9@example.com,Twice\n`;
    const { status, state } = await files.import(file, { dryRun: true, errorPolicy });
    expect(status).toBe(200);
    expect(state).toMatchObject({
      status: "COMPLETED",
      committedRows: 0,
      createdLeads: 698,
      mergedLeads: 2,
      failedRows: 1,
    });
    expect(await files.leads()).toBe(1);
    expect(
      await files.sql("SELECT max(position)::int AS position FROM journal_entry WHERE type = 'lead.captured'"),
    ).toEqual(head);
  },
);

describe("an upload", () => {
  it("may be packed with gzip, or the file of a form", async () => {
    const packed = await files.import(gzipSync(people(10)), {}, { headers: { "content-encoding": "gzip" } });
    const form = new FormData();
    form.set("file", new Blob([people(20)]), "leads.csv");
    const posted = await files.import(form, {}, { method: "POST" });
    expect(packed.state).toMatchObject({ status: "COMPLETED", createdLeads: 10 });
    expect(posted.state).toMatchObject({ status: "COMPLETED", createdLeads: 10, mergedLeads: 10 });
  });

  it("of a broken form is refused, and its link stays good", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const answer = await files.import("no form", {}, { method: "POST", headers });
    expect(answer.status).toBe(400);
    expect(answer.state).toMatchObject({ status: "AWAITING_UPLOAD" });
  });

  it.each([
    ["has no bytes", "", {}, 422, "FILE_EMPTY"],
    ["is no gzip", "email\n", { "content-encoding": "gzip" }, 422, "FILE_UNREADABLE"],
    ["is larger when it is unpacked", gzipSync(people(15_000)), { "content-encoding": "gzip" }, 413, "FILE_TOO_LARGE"],
  ])("fails when it %s", async (_, file, headers, status, failure) => {
    const answer = await files.import(file, {}, { headers });
    expect(answer.status).toBe(status);
    expect(answer.state).toMatchObject({ status: "FAILED", failure });
  });

  it("is refused before it begins when it says that it is too large", async () => {
    const { id, uploadUrl } = await files.prepare();
    const response = await fetch(uploadUrl, { method: "PUT", body: "x".repeat(maxBytes + 1) });
    expect(response.status).toBe(413);
    expect(await files.read(id)).toMatchObject({ status: "AWAITING_UPLOAD" });
  });

  it("is taken once", async () => {
    const { id, uploadUrl } = await files.prepare();
    const first = await fetch(uploadUrl, { method: "PUT", body: people(3) });
    const second = await fetch(uploadUrl, { method: "PUT", body: people(30) });
    expect([first.status, second.status]).toEqual([200, 409]);
    expect(await second.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
    expect(await files.read(id)).toMatchObject({ processedRows: 3 });
    expect(await files.leads()).toBe(3);
  });

  it("needs a link that is whole, not expired, and made for this import", async () => {
    const { id, uploadUrl } = await files.prepare();
    const url = (token: string) => `${files.app.url}/uploads/leads/${token}`;
    const [tenantId, subjectId] = [toUuid("Tenant", files.app.tenant.tenantId) ?? "", toUuid("LeadImport", id) ?? ""];
    const grant = { tenantId, subjectId, principalId: subjectId, expiresAt: new Date(Date.now() + 60_000) };
    const links = new SignedLinks(deriveKey(testSecret, "lead-upload"));
    const statuses = await Promise.all(
      [
        url("x"),
        `${uploadUrl.slice(0, -1)}${uploadUrl.endsWith("A") ? "B" : "A"}`,
        url(new SignedLinks(deriveKey("another secret", "lead-upload")).sign(grant)),
        url(links.sign({ ...grant, tenantId: subjectId })), // another tenant
        url(links.sign(grant)), // another principal
        url(links.sign({ ...grant, expiresAt: new Date(Date.now() - 1) })),
      ].map(async (address) => {
        const response = await fetch(address, { method: "PUT", body: people(3) });
        expect(await response.json()).toMatchObject({
          errors: [{ extensions: { code: "BAD_USER_INPUT", reason: "REQUEST" } }],
        });
        return response.status;
      }),
    );
    expect(statuses).toEqual([404, 404, 404, 404, 410, 410]);
    expect(await files.read(id)).toMatchObject({ status: "AWAITING_UPLOAD" });
    expect(await files.leads()).toBe(0);
  });
});

test("a running import can be cancelled, and keeps what is committed", async () => {
  const { id, uploadUrl } = await files.prepare(skip);
  const file = people(2_000);
  const socket = files.sendPart(uploadUrl, file.slice(0, file.indexOf("p600@")), file.length);
  await files.waitFor(id, ({ committedRows }) => committedRows === 500);
  const cancel = () =>
    files.app.graphql(
      `mutation ($input: CancelLeadImportInput!) { cancelLeadImport(input: $input) { leadImport { status } userErrors { code } } }`,
      { input: { id } },
    );
  expect((await cancel()).data).toEqual({ cancelLeadImport: { leadImport: { status: "CANCELLED" }, userErrors: [] } });
  const answer = await new Promise<string>((resolve) => socket.once("data", (bytes) => resolve(String(bytes))));
  expect(answer).toMatch(/^HTTP\/1.1 409 /);
  socket.destroy();
  expect((await cancel()).data).toMatchObject({ cancelLeadImport: { userErrors: [{ code: "ALREADY_FINISHED" }] } });
  expect(await files.read(id)).toMatchObject({ status: "CANCELLED", committedRows: 500 });
  expect(await files.leads()).toBe(500);
});

test("progress is followed live until the import has ended", async () => {
  const { id, uploadUrl } = await files.prepare(skip);
  const query = "subscription ($id: ID!) { leadImportProgress(id: $id) { status committedRows finishedAt } }";
  await using followed = follow({
    url: files.app.url,
    credential: files.app.tenant.secretKey,
    query,
    variables: { id },
  });
  await followed.until(1);
  const file = people(2_000);
  const part = file.slice(0, file.indexOf("p600@"));
  const socket = files.sendPart(uploadUrl, part, file.length);
  const states = () =>
    followed.results.map(({ data }) => data?.["leadImportProgress"] as { status: string; committedRows: number });
  const last = () => states().at(-1);
  await eventually(() => last()?.status === "RUNNING" && last()?.committedRows === 500, "the first batch");
  socket.write(file.slice(part.length));
  await eventually(() => last()?.status === "COMPLETED", "the end");
  expect(states().at(0)).toMatchObject({ status: "AWAITING_UPLOAD", committedRows: 0 });
  expect(last()).toMatchObject({ status: "COMPLETED", committedRows: 2_000 });
  socket.destroy();
});

test("each import leaves its beginning and its end in the journal", async () => {
  const { state } = await files.import(people(3));
  const entries = await files.sql("SELECT type, data FROM journal_entry WHERE subject_id = $1 ORDER BY position", [
    toUuid("LeadImport", state.id),
  ]);
  expect(entries).toMatchObject([
    { type: "lead_import.created" },
    { type: "lead_import.completed", data: { createdLeads: 3, failedRows: 0 } },
  ]);
});

test("another tenant sees nothing of an import", async () => {
  const { state } = await files.import(people(3, [1]), skip);
  const other = await files.app.createTenant();
  const answer = await files.app.graphql(
    `query ($id: ID!) { leadImport(id: $id) { id } node(id: $id) { id } leadImports { nodes { id } } }`,
    { id: state.id },
    other.secretKey,
  );
  expect(answer.data).toEqual({ leadImport: null, node: null, leadImports: { nodes: [] } });
});
