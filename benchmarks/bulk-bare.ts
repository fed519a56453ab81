import { createWriteStream } from "node:fs";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { captureBare } from "./bulk-bare-captures.ts";
import { benchmarkEnvironment } from "./environment.ts";

// What bulk operations are compared with, in a process of its own.

export type BareQuestion =
  { readonly work: "export" } | { readonly work: "captures"; readonly count: number; readonly together: number };

export interface BareAnswer {
  readonly rows: number;
  readonly milliseconds: number;
  readonly cpuMicroseconds: number;
}

process.on("disconnect", () => process.exit());
process.on("message", (question: BareQuestion) => {
  const work = question.work === "export" ? exportLeads : () => captureBare(question.count, question.together);
  void measure(work).then((answer) => process.send?.(answer));
});
process.send?.({ port: 0 });

async function measure(work: () => Promise<number>): Promise<BareAnswer> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const rows = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { rows, milliseconds: performance.now() - start, cpuMicroseconds: user + system };
}

/**
 * The least that writes a tenant's leads into a packed file of lines, with a digest: a cursor and JSON.stringify. No GraphQL, no
 * permissions, no progress.
 */
async function exportLeads(): Promise<number> {
  const { ownerUrl, tenantId } = benchmarkEnvironment();
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const hash = createHash("sha256");
  const gzip = createGzip({ level: 1 });
  const file = gzip.pipe(createWriteStream("/dev/null"));
  let rows = 0;
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  await client.query({
    text: `DECLARE leads CURSOR FOR SELECT id, email, name, company, stage, tags, created_at AS "createdAt" FROM lead
           WHERE tenant_id = '${tenantId}' ORDER BY created_at DESC, id DESC`,
  });
  for (;;) {
    const page = await client.query<object>("FETCH 250 FROM leads");
    if (page.rows.length === 0) break;
    rows += page.rows.length;
    const bytes = Buffer.from(page.rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    hash.update(bytes);
    if (!gzip.write(bytes)) await once(gzip, "drain");
  }
  gzip.end();
  await finished(file);
  hash.digest();
  await client.query("COMMIT");
  await client.end();
  return rows;
}
