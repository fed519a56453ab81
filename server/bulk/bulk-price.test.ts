import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { BulkFiles } from "../../test/bulk-files.ts";

test("starting costs more than other mutations, and the run costs nothing", async () => {
  // One by one these lines would cost more than 3,000, of which 1 comes back in a second.
  await using files = await BulkFiles.start({ env: { PLANS: "standard=5000/1" } });
  const document = "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { lead { id } } }";
  const started = await files.app.graphql(
    "mutation ($input: StartBulkImportInput!) { startBulkImport(input: $input) { bulkOperation { id } uploadUrl } }",
    { input: { document } },
  );
  expect(started.extensions).toMatchObject({ cost: { requested: 101, actual: 101 } });
  const { bulkOperation, uploadUrl } = (started.data as unknown as Started).startBulkImport;
  const lines = Array.from(
    { length: 300 },
    (_, index) => `${JSON.stringify({ key: `k${index}`, input: { email: `k${index}@example.com` } })}\n`,
  );
  await fetch(uploadUrl, { method: "PUT", body: lines.join("") });
  // Looking by requests would be charged.
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
    const [row] = await files.sql<{ status: string }>("SELECT status FROM bulk_operation");
    if (row?.status === "COMPLETED") break;
  }
  const { status, processedRows } = await files.read(bulkOperation.id);
  expect({ status, processedRows }).toEqual({ status: "COMPLETED", processedRows: 300 });
  const answer = await files.app.graphql("{ rateLimit { buckets { scope available } } }");
  const { buckets } = (answer.data as unknown as Limits).rateLimit;
  expect(buckets.map(({ scope }) => scope)).toContain("TENANT");
  for (const { available } of buckets) expect(available).toBeGreaterThan(4_800);
});

interface Started {
  readonly startBulkImport: { readonly bulkOperation: { readonly id: string }; readonly uploadUrl: string };
}

interface Limits {
  readonly rateLimit: { readonly buckets: readonly { readonly scope: string; readonly available: number }[] };
}
