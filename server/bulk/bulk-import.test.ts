import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { payload } from "../../test/app.ts";
import { BulkFiles } from "../../test/bulk-files.ts";

const capture = `mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { lead { email name } } }`;
let files: BulkFiles;

beforeAll(async () => {
  files = await BulkFiles.start();
});
afterAll(() => files[Symbol.asyncDispose]());
beforeEach(async () => {
  await files.sql("TRUNCATE lead, lead_identity, lead_note, lead_consent CASCADE");
});

const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const people = (count: number, prefix = "p") =>
  Array.from({ length: count }, (_, index) => ({
    key: `${prefix}-${index}`,
    input: { email: `${prefix}${index}@example.com`, name: `Person ${index}` },
  }));
const leads = async () => (await files.sql<{ count: number }>("SELECT count(*)::int AS count FROM lead"))[0]?.count;

describe("a bulk import", () => {
  it("runs the mutation for each line, in their order, and says what became of each", async () => {
    const file =
      lines(people(130)) +
      "\n" +
      lines([
        { key: "bad-1", input: { email: "nobody" } },
        { key: "bad-2", input: { nope: 1 } },
        { input: { email: "no-key@example.com" } },
        { key: "again", input: { email: "p3@example.com", name: "Changed" } },
      ]) +
      "{ no json\n" +
      lines([{ key: "bad-3", input: { email: "c@example.com" }, other: 1 }]) +
      JSON.stringify({ key: "last", input: { email: "last@example.com" } });
    const { state, results } = await files.import(capture, file);
    expect(state).toMatchObject({ status: "COMPLETED", processedRows: 137, failedRows: 5, eventCursor: null });
    expect(results).toHaveLength(137);
    expect(results[3]).toEqual({
      line: 4,
      key: "p-3",
      status: "DONE",
      data: { lead: { email: "p3@example.com", name: "Person 3" } },
    });
    expect(results.slice(130)).toMatchObject([
      {
        line: 132,
        key: "bad-1",
        status: "REFUSED",
        userErrors: [{ code: "EMAIL_INVALID", field: ["input", "email"] }],
      },
      { line: 133, key: "bad-2", status: "FAILED", errors: [{ code: "BAD_USER_INPUT" }] },
      { line: 134, key: null, status: "REFUSED" },
      { line: 135, key: "again", status: "DONE", data: { lead: { name: "Changed" } } },
      { line: 136, key: null, status: "REFUSED" },
      { line: 137, key: "bad-3", status: "REFUSED" },
      { line: 138, key: "last", status: "DONE" },
    ]);
    expect(await leads()).toBe(131);
    const answer = await files.app.graphql(`{ verifyJournal { valid } journal(last: 1) { nodes { type data } } }`);
    expect(answer.data).toMatchObject({
      verifyJournal: { valid: true },
      journal: { nodes: [{ type: "bulk_operation.completed", data: { processedRows: 137, failedRows: 5 } }] },
    });
    expect(await files.sql("SELECT count(*)::int FROM journal_entry WHERE type = 'lead.captured'")).toEqual([
      { count: 132 },
    ]);
  });

  it("does what it did before under the same key once only", async () => {
    const note = `mutation ($input: AddLeadNoteInput!) { addLeadNote(input: $input) { note { body } } }`;
    const made = await files.app.graphql(`mutation { captureLead(input: { email: "n@example.com" }) { lead { id } } }`);
    const { id } = payload<{ lead: { id: string } }>(made, "captureLead").lead;
    const rows = Array.from({ length: 150 }, (_, index) => ({
      key: `note-${index}`,
      input: { id, body: `Note ${index}` },
    }));
    const first = await files.import(note, lines(rows));
    expect(first.results.every(({ status }) => status === "DONE")).toBe(true);
    const twice = [
      ...rows,
      { key: "note-new", input: { id, body: "New" } },
      { key: "note-new", input: { id, body: "New" } },
    ];
    const again = await files.import(note, lines(twice));
    const statuses = again.results.map(({ status }) => status);
    expect(statuses).toEqual([...rows.map(() => "REPLAYED"), "DONE", "REPLAYED"]);
    expect(again.results[7]).toMatchObject({ data: { note: { body: "Note 7" } } });
    expect(await files.sql("SELECT count(*)::int FROM lead_note")).toEqual([{ count: 151 }]);
    const other = await files.import(note, lines([{ key: "note-1", input: { id, body: "Something else" } }]));
    expect(other.results).toMatchObject([
      { status: "FAILED", errors: [{ code: "IDEMPOTENCY_KEY_PARAMETER_MISMATCH" }] },
    ]);
  });

  it("writes nothing of all or nothing when one line is refused, and all in one transaction when none is", async () => {
    const rows = people(200, "w");
    const bad = [...rows.slice(0, 150), { key: "bad", input: { email: "nobody" } }, ...rows.slice(150)];
    const refused = await files.import(capture, lines(bad), "ALL_OR_NOTHING");
    expect(refused.state).toMatchObject({
      status: "FAILED",
      failure: "LINES_REFUSED",
      processedRows: 201,
      failedRows: 1,
    });
    expect(refused.results.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 150 }, () => "NOT_WRITTEN"),
      "REFUSED",
      ...Array.from({ length: 50 }, () => "NOT_WRITTEN"),
    ]);
    expect(await leads()).toBe(0);
    // The keys are free again.
    const { state, results } = await files.import(capture, lines(rows), "ALL_OR_NOTHING");
    expect(state).toMatchObject({ status: "COMPLETED", failedRows: 0 });
    expect(results.every(({ status }) => status === "DONE")).toBe(true);
    expect(await leads()).toBe(200);
    // now() is when a transaction began.
    const moments = await files.sql(
      `SELECT count(*)::int AS results FROM idempotent_result GROUP BY created_at ORDER BY created_at DESC LIMIT 1`,
    );
    expect(moments).toEqual([{ results: 200 }]);
    const tooMany = await files.import(capture, lines(people(1_001, "x")), "ALL_OR_NOTHING");
    expect(tooMany.state).toMatchObject({ status: "FAILED", failure: "TOO_MANY_LINES" });
    expect(await leads()).toBe(200);
  });

  it("is neither harmed by others that change the same rows meanwhile, nor harms them", async () => {
    let isRunning = true;
    let captured = 0;
    const writing = (async () => {
      while (isRunning) {
        const answer = await files.app.graphql(
          'mutation ($email: String!) { captureLead(input: { email: $email, tags: ["form"] }) { accepted } }',
          { email: `r${(captured++ * 37) % 400}@example.com` },
        );
        expect(answer.errors).toBeUndefined();
      }
    })();
    const backwards = people(400, "r").toReversed();
    const { state, results } = await files.import(capture, lines(backwards));
    isRunning = false;
    await writing;
    expect(state).toMatchObject({ status: "COMPLETED", processedRows: 400, failedRows: 0 });
    expect(results.map(({ line }) => line)).toEqual(backwards.map((_, index) => index + 1));
    expect(await leads()).toBe(400);
    expect((await files.app.graphql("{ verifyJournal { valid } }")).data).toEqual({ verifyJournal: { valid: true } });
  });

  it.each([
    ["{ viewer { role } }", "DOCUMENT_INVALID", /one mutation/],
    ["mutation { captureLead(input: {}) { accepted } }", "DOCUMENT_INVALID", /one variable/],
    [
      "mutation ($a: CaptureLeadInput!, $b: Int) { captureLead(input: $a) { accepted } }",
      "DOCUMENT_INVALID",
      /never used/,
    ],
    ["mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }", "NOT_ALLOWED", /signIn/],
    ["mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }", "NOT_ALLOWED", /createApiKey/],
    [
      "mutation ($input: StartBulkExportInput!) { startBulkExport(input: $input) { cursor } }",
      "NOT_ALLOWED",
      /startBulkExport/,
    ],
  ])("refuses %s", async (document, code, message) => {
    const { bulkOperation, userErrors } = await files.startImport(document);
    expect(bulkOperation).toBeNull();
    expect(userErrors).toMatchObject([{ code, field: ["input", "document"] }]);
    expect(userErrors[0]?.message).toMatch(message);
  });

  it("takes one upload, as it is or packed, and tells what was wrong with it", async () => {
    const { bulkOperation, uploadUrl } = await files.startImport(capture);
    const put = (headers: Record<string, string>, body: string) =>
      fetch(uploadUrl ?? "", { method: "PUT", headers, body });
    expect((await put({ "content-encoding": "br" }, "x")).status).toBe(415);
    const broken = await put({ "content-encoding": "gzip" }, "not gzip");
    expect(broken.status).toBe(422);
    expect(await files.end(bulkOperation?.id ?? "")).toMatchObject({ status: "FAILED", failure: "FILE_UNREADABLE" });
    expect((await put({}, lines(people(1)))).status).toBe(409);
    expect((await fetch(`${files.app.url}/uploads/bulk/nope`, { method: "PUT", body: "x" })).status).toBe(404);
    expect(await files.sql("SELECT 1 FROM bulk_chunk WHERE file = 'UPLOAD'")).toEqual([]);
  });

  it("completes an empty file with an empty result", async () => {
    const { state, results } = await files.import(capture, "\n\n");
    expect(state).toMatchObject({ status: "COMPLETED", processedRows: 0, size: 0 });
    expect(results).toEqual([]);
  });
});
