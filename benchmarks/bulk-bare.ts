import { createWriteStream } from "node:fs";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { benchmarkEnvironment } from "./environment.ts";

// The least that writes a tenant's leads into a packed file of lines, with a digest: a cursor and JSON.stringify. No GraphQL, no
// permissions, no progress.

export interface BareAnswer {
  readonly rows: number;
  readonly milliseconds: number;
  readonly cpuMicroseconds: number;
}

process.on("disconnect", () => process.exit());
process.on("message", () => void exportLeads().then((answer) => process.send?.(answer)));
process.send?.({ port: 0 });

async function exportLeads(): Promise<BareAnswer> {
  const { ownerUrl, tenantId } = benchmarkEnvironment();
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const [start, cpu] = [performance.now(), process.cpuUsage()];
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
  const { user, system } = process.cpuUsage(cpu);
  const answer = { rows, milliseconds: performance.now() - start, cpuMicroseconds: user + system };
  await client.end();
  return answer;
}
