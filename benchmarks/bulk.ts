import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import type { BareAnswer, BareQuestion } from "./bulk-bare.ts";
import { benchmarkImport } from "./bulk-import.ts";
import { toVariables } from "./environment.ts";
import { Peer } from "./fanout-process.ts";
import type { ServerQuestion, ServerUsage } from "./fanout-server.ts";
import { startLeadsDatabase } from "./leads-database.ts";

// A tenant's leads out by startBulkExport, against a bare cursor that writes the same lines and against PostgreSQL's own COPY, in the
// same run; and people in by startBulkImport, against bare statements and the same mutation by HTTP. Believe the ratios. Exits with
// 1 beyond the bars.

const { values: options } = parseArgs({
  options: {
    leads: { type: "string", default: "1000000" },
    "import-lines": { type: "string", default: "50000" },
    /** An import that takes longer is cancelled, and what it did so far is judged. */
    "import-minutes": { type: "string", default: "15" },
  },
});
const leads = Number(options.leads);

/** How much larger the server may become, whatever it exports: mostly garbage that V8 hasn't collected yet. */
const maxGrowthBytes = 256 * 1024 * 1024;
/** And by how much more in the second half than in the first: what grows with the rows would double. */
const maxLateGrowth = 1.25;
/** CPU time of the export as a multiple of the bare cursor's, which has no GraphQL. */
const maxCpuRatio = 6;

await using database = await startLeadsDatabase();
const { environment, secretKey } = database;
const env = toVariables(environment);
const owner = new pg.Client({ connectionString: environment.ownerUrl });
await owner.connect();
// Indexes that searches need, and that neither side of this benchmark reads, would make the preparation take most of the time.
const searches = await owner.query<{ name: string; definition: string }>(
  "SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = 'lead' AND indexdef LIKE '%USING gin%'",
);
for (const { name } of searches.rows) await owner.query(`DROP INDEX "${name}"`);
await owner.query(
  `INSERT INTO lead (tenant_id, id, email, name, company, source, stage, tags, created_at)
   SELECT $1, uuidv7(), 'bulk' || n || '@example.com', 'Person number ' || n, 'Company ' || n % 97, 'website', 'NEW',
     ARRAY['newsletter', 'spring-' || n % 9], now() - n * interval '1 second'
   FROM generate_series(1, $2::int) AS n`,
  [environment.tenantId, leads],
);
await owner.query("VACUUM ANALYZE lead");

await using server = await Peer.start<ServerQuestion, ServerUsage>("./fanout-server.js", ["nexora"], env);
await using bare = await Peer.start<BareQuestion, BareAnswer>("./bulk-bare.js", [], env);
const url = `http://127.0.0.1:${server.port}`;

interface Operation {
  readonly id: string;
  readonly status: string;
  readonly failureMessage: string | null;
  readonly processedRows: number;
  readonly size: number;
  readonly sha256: string;
  readonly downloadUrl: string;
  readonly finishedAt: string | null;
}

async function graphql<T>(query: string, variables: object = {}): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${secretKey}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
  if (data == null || errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** Waits for the end, watching the server's memory: at its peak, and at its peak in the first half of the rows. */
async function end(id: string, rows: number): Promise<{ operation: Operation; peakBytes: number; earlyBytes: number }> {
  let [peakBytes, earlyBytes, processedRows] = [0, 0, 0];
  for (;;) {
    peakBytes = Math.max(peakBytes, (await server.ask({})).residentBytes);
    if (processedRows < rows / 2) earlyBytes = peakBytes;
    const { bulkOperation: operation } = await graphql<{ bulkOperation: Operation }>(
      `
        query ($id: ID!) {
          bulkOperation(id: $id) {
            id
            status
            failureMessage
            processedRows
            size
            sha256
            downloadUrl
            finishedAt
          }
        }
      `,
      { id },
    );
    if (operation.finishedAt !== null) {
      if (operation.status !== "COMPLETED") throw new Error(JSON.stringify(operation));
      return { operation, peakBytes, earlyBytes };
    }
    processedRows = operation.processedRows;
    await sleep(200);
  }
}

async function exportLeads(): Promise<string> {
  const document = "{ leads { nodes { id email name company stage tags createdAt } } }";
  const { startBulkExport } = await graphql<{ startBulkExport: { bulkOperation: { id: string } } }>(
    "mutation ($input: StartBulkExportInput!) { startBulkExport(input: $input) { bulkOperation { id } } }",
    { input: { document } },
  );
  return startBulkExport.bulkOperation.id;
}

/** Fetches a file in two parts, and says whether it is the whole. */
async function isWhole({ downloadUrl, size, sha256 }: Operation): Promise<boolean> {
  const hash = createHash("sha256");
  for (const range of [`bytes=0-${Math.floor(size / 3)}`, `bytes=${Math.floor(size / 3) + 1}-`]) {
    const response = await fetch(downloadUrl, { headers: { range } });
    for await (const piece of response.body ?? []) hash.update(piece as Uint8Array);
  }
  return hash.digest("hex") === sha256;
}

const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;
const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`;
const perSecond = (rows: number, milliseconds: number) => `${Math.round((rows / milliseconds) * 1_000)} rows/s`;
const failures: string[] = [];

// What is compiled and cached once isn't growth.
await graphql("{ leads(first: 250) { nodes { id } } }");
const quiet = await server.ask({ collectGarbage: true });
const start = performance.now();
const { operation: exported, peakBytes, earlyBytes } = await end(await exportLeads(), leads);
const milliseconds = performance.now() - start;
const usage = await server.ask({});
const cpu = usage.cpuMicroseconds - quiet.cpuMicroseconds;
const growth = peakBytes - quiet.residentBytes;
const earlyGrowth = earlyBytes - quiet.residentBytes;
const [copyStart, copied] = [performance.now(), await copy()];
const copyMs = performance.now() - copyStart;
const cursor = await bare.ask({ work: "export" });
console.log(
  `export      ${exported.processedRows} rows, ${seconds(milliseconds)}, ${perSecond(exported.processedRows, milliseconds)}`,
);
console.log(
  `            CPU ${seconds(cpu / 1_000)}, memory +${mebibytes(growth)} at its peak, +${mebibytes(earlyGrowth)} in the first half`,
);
console.log(
  `bare cursor ${cursor.rows} rows, ${seconds(cursor.milliseconds)}, CPU ${seconds(cursor.cpuMicroseconds / 1_000)}`,
);
console.log(`COPY        ${copied} rows, ${seconds(copyMs)}`);
const cpuRatio = cpu / cursor.cpuMicroseconds;
console.log(
  `ratios      CPU × ${cpuRatio.toFixed(1)} of the cursor, time × ${(milliseconds / cursor.milliseconds).toFixed(1)} of the cursor, × ${(milliseconds / copyMs).toFixed(1)} of COPY`,
);
if (exported.processedRows !== cursor.rows) failures.push("rows are missing");
if (!(await isWhole(exported))) failures.push("the download isn't the file");
if (growth > maxGrowthBytes) failures.push(`memory grew by ${growth} bytes`);
if (leads >= 500_000 && growth > earlyGrowth * maxLateGrowth) failures.push("memory grows with the rows");
if (cpuRatio > maxCpuRatio) failures.push(`the export takes ${cpuRatio} times the CPU of a bare cursor`);

// An import writes those indexes, too.
for (const { definition } of searches.rows) await owner.query(definition);
const importing = {
  server,
  bare,
  graphql,
  lines: Number(options["import-lines"]),
  maxMinutes: Number(options["import-minutes"]),
  maxLateGrowth,
};
failures.push(...(await benchmarkImport(importing)));
await owner.end();
for (const failure of failures) console.error(`FAILED: ${failure}`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function copy(): Promise<number> {
  const { rowCount } = await owner.query(
    `COPY (SELECT id, email, name, company, stage, tags, created_at FROM lead WHERE tenant_id = '${environment.tenantId}'
           ORDER BY created_at DESC, id DESC) TO '/dev/null'`,
  );
  return rowCount ?? 0;
}
