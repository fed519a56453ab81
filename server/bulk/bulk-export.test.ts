import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { payload } from "../../test/app.ts";
import { BulkFiles } from "../../test/bulk-files.ts";
import { entriesOf, follow, followJournal } from "../../test/live.ts";

let files: BulkFiles;

beforeAll(async () => {
  files = await BulkFiles.start();
});
afterAll(() => files[Symbol.asyncDispose]());
beforeEach(async () => {
  await files.sql("TRUNCATE lead, lead_identity, lead_note, lead_consent CASCADE");
});

const captured = async (email: string, notes = 0): Promise<string> => {
  const answer = await files.app.graphql(
    "mutation ($email: String!) { captureLead(input: { email: $email }) { lead { id } } }",
    { email },
  );
  const { id } = payload<{ lead: { id: string } }>(answer, "captureLead").lead;
  for (let number = 1; number <= notes; number += 1) {
    await files.app.graphql(
      "mutation ($input: AddLeadNoteInput!) { addLeadNote(input: $input) { userErrors { code } } }",
      { input: { id, body: `${email} ${number}` } },
    );
  }
  return id;
};

describe("a bulk export", () => {
  it("writes all rows of a connection as the query selects them, in its order", async () => {
    await files.insertLeads(1_003);
    const { state, rows } = await files.export<{ mail: string }>(
      "query ($order: [LeadOrder!]) { leads(orderBy: $order) { nodes { mail: email stage } } }",
      { order: [{ field: "EMAIL", direction: "ASC" }] },
    );
    expect(state).toMatchObject({ status: "COMPLETED", processedRows: 1_003, failureMessage: null });
    expect(rows).toHaveLength(1_003);
    expect(rows[0]).toEqual({ mail: "person1000@example.com", stage: "NEW" });
    const mails = rows.map(({ mail }) => mail);
    expect(mails).toEqual(mails.toSorted());
    expect(new Set(mails).size).toBe(1_003);
  });

  it("lets each row be followed by the rows below it, which name it as __parentId, however many they are", async () => {
    const a = await captured("a@example.com", 23);
    const b = await captured("b@example.com");
    const c = await captured("c@example.com", 2);
    const { state, rows } = await files.export(
      `query { leads(orderBy: [{ field: EMAIL }]) { edges { node { ...Fields } } } }
       fragment Fields on Lead { id email notes { nodes { body } } timeline { edges { node { kind: type } } } }`,
    );
    expect(state).toMatchObject({ status: "COMPLETED", processedRows: rows.length });
    const below = (id: string) => rows.filter((row) => row["__parentId"] === id);
    const bodies = (id: string) => below(id).flatMap((row) => row["body"] ?? []);
    expect(bodies(a)).toHaveLength(23);
    expect(new Set(bodies(a)).size).toBe(23);
    expect(below(a).filter((row) => row["kind"] === "lead.noted")).toHaveLength(23);
    expect(below(b)).toEqual([{ kind: "lead.captured", __parentId: b }]);
    expect(bodies(c)).toHaveLength(2);
    const places = [a, b, c].map((id) => rows.findIndex((row) => row["id"] === id));
    expect(places).toEqual([0, 1 + below(a).length, 2 + below(a).length + below(b).length]);
    expect(rows[0]).toEqual({ id: a, email: "a@example.com" });
  });

  it("is one snapshot: what changes after its eventCursor isn't in it, and all else is", async () => {
    await files.insertLeads(20_000);
    let isRunning = true;
    const ids: string[] = [];
    const writing = (async () => {
      while (isRunning) ids.push(await captured(`new${ids.length}@example.com`));
    })();
    const { state, rows } = await files.export<{ id: string }>("{ leads { nodes { id email } } }");
    isRunning = false;
    await writing;
    expect(state.status).toBe("COMPLETED");
    await using live = follow({
      url: files.app.url,
      credential: files.app.tenant.secretKey,
      query: followJournal.replace("type cursor", "type cursor subjectId"),
      variables: { after: state.eventCursor, types: ["lead.captured"] },
    });
    const exported = new Set(rows.map(({ id }) => id));
    const later = ids.filter((id) => !exported.has(id));
    expect(later.length).toBeGreaterThan(0);
    expect(rows).toHaveLength(20_000 + ids.length - later.length);
    await live.until(later.length);
    const subjects = entriesOf(live.results).map((entry) => (entry as unknown as { subjectId: string }).subjectId);
    expect(subjects).toEqual(later);
  }, 60_000);

  it("keeps memory bounded and every row that there was, while others write", async () => {
    await files.insertLeads(20_000);
    const { state } = await files.export("{ leads { nodes { id } } }");
    await files.insertLeads(40_000, "more");
    global.gc?.();
    const before = process.memoryUsage.rss();
    let peak = before;
    const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
    let isRunning = true;
    let written = 0;
    const writing = (async () => {
      while (isRunning) await captured(`during${written++}@example.com`);
    })();
    const started = await files.startExport("{ leads { nodes { id email name stage createdAt } } }");
    const ended = await files.end(started.bulkOperation?.id ?? "");
    clearInterval(watching);
    isRunning = false;
    await writing;
    expect(ended.status).toBe("COMPLETED");
    expect(ended.processedRows).toBeGreaterThanOrEqual(60_000);
    expect(state.processedRows).toBe(20_000);
    expect(ended.size).toBeGreaterThan(8_000_000);
    expect((peak - before) / 1024 / 1024).toBeLessThan(100);
    const rows = await files.rows<{ email: string }>(ended);
    expect(rows.filter(({ email }) => /^(person|more)/.test(email))).toHaveLength(60_000);
  }, 120_000);

  it("tells its beginning and its end to the journal", async () => {
    const { state } = await files.export("{ leads { nodes { id } } }");
    const answer = await files.app.graphql(
      `{ journal(last: 2) { nodes { type subjectId actor { type } data } } verifyJournal { valid } }`,
    );
    const { nodes } = payload<{ nodes: { type: string; subjectId: string; data: object }[] }>(answer, "journal");
    expect(nodes).toMatchObject([
      {
        type: "bulk_operation.created",
        subjectId: state.id,
        data: { kind: "EXPORT", document: "{ leads { nodes { id } } }" },
      },
      { type: "bulk_operation.completed", subjectId: state.id, data: { processedRows: 0, sha256: state.sha256 } },
    ]);
    expect(answer.data).toMatchObject({ verifyJournal: { valid: true } });
  });

  it("fails with what the query answers, and leaves no half file", async () => {
    await files.insertLeads(1);
    const { state } = await files.export(`{ leads(filter: { email: { eq: null } }) { nodes { id } } }`);
    expect(state).toMatchObject({ status: "FAILED", failure: "QUERY_FAILED", downloadUrl: null });
    expect(state.failureMessage).toMatch(/^BAD_USER_INPUT: /);
    expect(
      await files.sql(
        "SELECT 1 FROM bulk_chunk c JOIN bulk_operation o USING (tenant_id) WHERE o.id = c.operation_id AND o.status = 'FAILED'",
      ),
    ).toEqual([]);
  });

  it.each([
    ["{ leads { nodes { nope } } }", /Cannot query field/],
    ["{ leads { nodes { id } ", /Syntax/],
    ["mutation { captureLead(input: {}) { accepted } }", /one query/],
    ["{ leads { nodes { id } } viewer { role } }", /one field/],
    ["{ viewer { role } }", /isn't a connection/],
    ["{ leads(first: 3) { nodes { id } } }", /leave out "first"/],
    ["{ leads { nodes { id } pageInfo { endCursor } } }", /nodes or edges and nothing else/],
    ["{ leads { edges { cursor node { id } } } }", /node and nothing else/],
    ["{ leads { nodes { notes { nodes { id } } } } }", /Select the "id"/],
    ["query ($a: Boolean!) { leads @skip(if: $a) { nodes { id } } }", /directives/],
    [
      "query ($first: Int!) { leads(filter: {}) { nodes { id notes(last: $first) { nodes { id } } } } }",
      /leave out "last"/,
    ],
    ["{ leads { nodes { bulk__page: id } } }", /are ours/],
  ])("refuses %s", async (document, message) => {
    const { bulkOperation, userErrors } = await files.startExport(document);
    expect(bulkOperation).toBeNull();
    expect(userErrors).toMatchObject([{ code: "DOCUMENT_INVALID", field: ["input", "document"] }]);
    expect(userErrors[0]?.message).toMatch(message);
  });

  it("refuses variables that don't fit", async () => {
    const { userErrors } = await files.startExport("query ($f: LeadFilter) { leads(filter: $f) { nodes { id } } }", {
      f: 3,
    });
    expect(userErrors).toMatchObject([{ code: "DOCUMENT_INVALID" }]);
  });
});
