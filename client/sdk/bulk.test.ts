import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startApp, type TestApp } from "../../test/app.ts";
import { bulkExport, bulkImport, BulkOperationError, createNexora, type Nexora } from "./index.ts";

const document = "{ leads(orderBy: [{ field: EMAIL }]) { nodes { email } } }";
const capture = "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { lead { email } } }";
let app: TestApp;
let nexora: Nexora;

beforeAll(async () => {
  app = await startApp();
  nexora = createNexora({ url: app.url, credential: app.tenant.secretKey });
});
afterAll(async () => {
  await nexora.close();
  await app[Symbol.asyncDispose]();
});

const emails = Array.from({ length: 150 }, (_, index) => `sdk${String(index).padStart(3, "0")}@example.com`);

describe("bulk operations by the SDK", () => {
  it("import lines and tell what became of each, and export rows", async () => {
    const lines = [...emails, "nobody"].map((email, row) => ({ key: `sdk/${row}`, input: { email } }));
    const imported = await bulkImport(nexora, { document: capture }, lines);
    const statuses = (await collect(imported.results())).map(({ status }) => status);
    expect(statuses).toEqual([...emails.map(() => "DONE"), "REFUSED"]);
    const exported = await bulkExport(nexora, { document });
    const rows = await collect(exported.rows<{ email: string }>());
    expect(rows.map(({ email }) => email)).toEqual(emails);
    expect(exported.eventCursor).not.toBeNull();
  });

  it("take up a download where its connection broke", async () => {
    const ranges: (string | null)[] = [];
    /** Breaks off after a part of each answer. */
    const flaky: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      ranges.push(new Headers(init?.headers).get("range"));
      const bytes = new Uint8Array(await response.arrayBuffer());
      const part = bytes.subarray(0, 1_500);
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(part),
        pull: (controller) =>
          part.length < bytes.length ? controller.error(new TypeError("terminated")) : controller.close(),
      });
      return new Response(body, { status: response.status, headers: response.headers });
    };
    const exported = await bulkExport(nexora, { document }, { fetch: flaky });
    const rows = await collect(exported.rows<{ email: string }>());
    expect(rows.map(({ email }) => email)).toEqual(emails);
    expect(ranges[0]).toBeNull();
    expect(ranges.slice(1)).toEqual(ranges.slice(1).map((_, index) => `bytes=${(index + 1) * 1_500}-`));
    expect(ranges.length).toBeGreaterThan(2);
  }, 30_000);

  it("throw what an operation was refused for", async () => {
    const refused = bulkExport(nexora, { document: "{ viewer { role } }" });
    await expect(refused).rejects.toThrow(BulkOperationError);
    await expect(refused).rejects.toMatchObject({ code: "DOCUMENT_INVALID" });
  });

  it("are cancelled by a signal", async () => {
    const lines = Array.from({ length: 3_000 }, (_, row) => ({
      key: `no/${row}`,
      input: { email: `no${row}@example.com` },
    }));
    const cancelled = bulkImport(nexora, { document: capture }, lines, { signal: AbortSignal.abort() });
    await expect(cancelled).rejects.toMatchObject({ code: "CANCELLED" });
  }, 30_000);
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
