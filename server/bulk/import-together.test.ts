import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { payload } from "../../test/app.ts";
import { BulkFiles } from "../../test/bulk-files.ts";
import { recordStatements } from "../../test/recorded-statements.ts";
import { toUuid } from "../operations/ids.ts";

let files: BulkFiles;

beforeAll(async () => {
  files = await BulkFiles.start();
});
afterAll(() => files[Symbol.asyncDispose]());

const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const mutation = `mutation ($input: CaptureLeadInput!) {
  captureLead(input: $input) {
    accepted
    lead { email phone externalId name company tags attributes version consents { purpose textVersion } }
    userErrors { code field }
  }
}`;

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Captures of few people by any of their addresses, some of which can't be taken. */
function captures(seed: number, count: number): object[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => {
    const person = random(60);
    const ways = 1 + random(7);
    return {
      ...((ways & 1) > 0 ? { email: random(20) === 0 ? "nobody" : `p${person}@example.com` } : {}),
      ...((ways & 2) > 0 ? { phone: `${random(2) === 0 ? "+216" : ""}711230${String(person).padStart(2, "0")}` } : {}),
      ...((ways & 4) > 0 ? { externalId: `crm-${random(9) === 0 ? random(60) : person}` } : {}),
      ...(random(3) === 0 ? { name: `Name ${index}`, tags: [`t${random(4)}`] } : {}),
      ...(random(5) === 0 ? { consent: [{ purpose: `purpose ${random(3)}`, textVersion: String(index) }] } : {}),
      ...(random(6) === 0 ? { attributes: { [`a${index}`]: "x".repeat(random(4_000)) } } : {}),
    };
  });
}

describe("lines that are run together", () => {
  it.each([11, 12])(
    "come to what requests one after the other come to (seed %i)",
    async (seed) => {
      const other = await files.app.createTenant();
      const inputs = captures(seed, 220);
      const expected: unknown[] = [];
      for (const input of inputs) {
        const answer = await files.app.graphql(mutation, { input }, other.secretKey);
        expected.push(payload(answer, "captureLead"));
      }
      const importing = await files.app.createTenant();
      const { state, results } = await files.import(
        mutation,
        lines(inputs.map((input, index) => ({ key: `k${index}`, input }))),
        "SKIP_FAILED",
        importing.secretKey,
      );
      expect(state).toMatchObject({ status: "COMPLETED", processedRows: 220 });
      expect(results.map(({ data }) => data)).toEqual(expected);
      const refused = expected.filter((each) => (each as { userErrors: unknown[] }).userErrors.length > 0).length;
      expect(state.failedRows).toBe(refused);
      expect(refused).toBeGreaterThan(0);
      const entries = await files.sql(
        "SELECT count(*)::int FROM journal_entry WHERE tenant_id = $1 AND type = 'lead.captured'",
        [toUuid("Tenant", importing.tenantId)],
      );
      expect(entries).toEqual([{ count: 220 - refused }]);
      const verified = await files.app.graphql("{ verifyJournal { valid } }", {}, importing.secretKey);
      expect(verified.data).toEqual({ verifyJournal: { valid: true } });
    },
    120_000,
  );

  it("take a handful of statements for a hundred, and each result knows its own place in the journal", async () => {
    const tenant = await files.app.createTenant();
    const rows = Array.from({ length: 100 }, (_, index) => ({
      key: `s${index}`,
      input: { email: `s${index}@example.com` },
    }));
    const statements = await recordStatements(async () => {
      const { results } = await files.import(mutation, lines(rows), "SKIP_FAILED", tenant.secretKey);
      expect(results.every(({ status }) => status === "DONE")).toBe(true);
    });
    const count = (part: string) => statements.filter((text) => text.includes(part)).length;
    expect(count("INSERT INTO lead ")).toBe(1);
    expect(count("RELEASE SAVEPOINT")).toBe(1);
    const places = await files.sql<{ lead: string; subject_id: string }>(
      `SELECT result.result -> 'lead' ->> 'id' AS lead, entry.subject_id FROM idempotent_result result
       JOIN journal_entry entry ON entry.tenant_id = result.tenant_id AND entry.position = result.position
       WHERE result.tenant_id = $1 AND entry.type = 'lead.captured'`,
      [toUuid("Tenant", tenant.tenantId)],
    );
    expect(places).toHaveLength(100);
    for (const { lead, subject_id: subjectId } of places) expect(toUuid("Lead", lead)).toBe(subjectId);
  });

  it("are replayed together, and a key that stands for something else is told so", async () => {
    const tenant = await files.app.createTenant();
    const rows = Array.from({ length: 30 }, (_, index) => ({
      key: `r${index}`,
      input: { email: `r${index}@example.com` },
    }));
    await files.import(mutation, lines(rows.slice(0, 20)), "SKIP_FAILED", tenant.secretKey);
    const changed = [...rows.slice(0, 5), { key: "r5", input: { email: "other@example.com" } }, ...rows.slice(6)];
    const { results } = await files.import(mutation, lines(changed), "SKIP_FAILED", tenant.secretKey);
    expect(results.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 5 }, () => "REPLAYED"),
      "FAILED",
      ...Array.from({ length: 14 }, () => "REPLAYED"),
      ...Array.from({ length: 10 }, () => "DONE"),
    ]);
    expect(results[5]).toMatchObject({ errors: [{ code: "IDEMPOTENCY_KEY_PARAMETER_MISMATCH" }] });
    expect(results[7]).toMatchObject({ data: { lead: { email: "r7@example.com" } } });
  });

  it("that have the same key are one, and the others are as they would be without it", async () => {
    const tenant = await files.app.createTenant();
    const rows = Array.from({ length: 40 }, (_, index) => ({
      key: `t${index % 39}`,
      input: { email: `t${index % 39}@example.com` },
    }));
    const { state, results } = await files.import(mutation, lines(rows), "SKIP_FAILED", tenant.secretKey);
    expect(state).toMatchObject({ status: "COMPLETED", processedRows: 40, failedRows: 0 });
    expect(results.map(({ status }) => status)).toEqual([...Array.from({ length: 39 }, () => "DONE"), "REPLAYED"]);
    expect(results[39]).toMatchObject({ data: { lead: { email: "t0@example.com", version: 1 } } });
  });

  it("with all or nothing, a key that stands twice is refused", async () => {
    const tenant = await files.app.createTenant();
    const rows = ["a", "b", "a"].map((key, index) => ({ key, input: { email: `d${index}@example.com` } }));
    const { state, results } = await files.import(mutation, lines(rows), "ALL_OR_NOTHING", tenant.secretKey);
    expect(state).toMatchObject({ status: "FAILED", failure: "LINES_REFUSED", failedRows: 1 });
    expect(results.map(({ status }) => status)).toEqual(["NOT_WRITTEN", "NOT_WRITTEN", "REFUSED"]);
  });
});
