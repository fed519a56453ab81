import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { BareAnswer, BareQuestion } from "./bulk-bare.ts";
import type { Peer } from "./fanout-process.ts";
import type { ServerQuestion, ServerUsage } from "./fanout-server.ts";

export interface ImportBenchmark {
  readonly server: Peer<ServerQuestion, ServerUsage>;
  readonly bare: Peer<BareQuestion, BareAnswer>;
  readonly graphql: <T>(query: string, variables?: object) => Promise<T>;
  readonly lines: number;
  /** Then the import is cancelled, and what it did so far is judged. */
  readonly maxMinutes: number;
  readonly maxLateGrowth: number;
}

interface Sample {
  readonly atMs: number;
  readonly lines: number;
  readonly residentBytes: number;
}

interface State {
  readonly status: string;
  readonly failureMessage: string | null;
  readonly processedRows: number;
  readonly failedRows: number;
  readonly size: number;
  readonly sha256: string | null;
  readonly downloadUrl: string | null;
  readonly finishedAt: string | null;
}

const mutation =
  "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { lead { id } userErrors { code } } }";
/** Lines of the comparisons: bare statements and requests. */
const comparedLines = 2_000;
/** How much larger the server may become: garbage, and the room that V8 and the C library keep for more of it. */
const maxGrowthBytes = 384 * 1024 * 1024;
/** How much less CPU time a line may take at least, compared with a request. */
const minCpuRatio = 3;

const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`;
const pace = (lines: number, milliseconds: number) => `${Math.round((lines / milliseconds) * 1_000)}/s`;
const perLine = (microseconds: number, lines: number) => `${(microseconds / 1_000 / lines).toFixed(2)} ms`;

/** captureLead for each line of a file, beside bare statements and requests. Returns what isn't as it should be. */
export async function benchmarkImport(benchmark: ImportBenchmark): Promise<string[]> {
  const { server, bare, graphql, lines, maxLateGrowth } = benchmark;
  const failures: string[] = [];
  for (const { input } of numbered("warm", 2)) await graphql(mutation, { input });
  const before = await server.ask({ collectGarbage: true });
  const { state, samples } = await run(benchmark);
  const after = await server.ask({});
  const done = state.processedRows;
  const last = samples.at(-1);
  const milliseconds = last?.atMs ?? 0;
  const cpu = after.cpuMicroseconds - before.cpuMicroseconds;
  const peak = (some: readonly Sample[]) => Math.max(...some.map(({ residentBytes }) => residentBytes), 0);
  const growth = peak(samples) - before.residentBytes;
  const earlyGrowth = peak(samples.filter((sample) => sample.lines <= done / 2)) - before.residentBytes;
  for (const sample of spread(samples, 20)) {
    console.log(
      `  ${(sample.atMs / 1_000).toFixed(0).padStart(5)} s ${String(sample.lines).padStart(9)} lines ${mebibytes(sample.residentBytes)}`,
    );
  }
  console.log(
    `import      ${done} of ${lines} lines, ${state.status}, ${pace(done, milliseconds)}, CPU ${perLine(cpu, done)} a line; memory +${mebibytes(growth)} at its peak, +${mebibytes(earlyGrowth)} in the first half`,
  );
  const oneByOne = await bare.ask({ work: "captures", count: comparedLines, together: 1 });
  const together = await bare.ask({ work: "captures", count: comparedLines, together: 100 });
  for (const [name, { rows, milliseconds: took, cpuMicroseconds }] of Object.entries({ oneByOne, together })) {
    console.log(
      `bare ${name.padEnd(8)} ${rows} lines, ${pace(rows, took)}, CPU ${perLine(cpuMicroseconds, rows)} a line`,
    );
  }
  const start = performance.now();
  for (const { input } of numbered("http", comparedLines)) await graphql(mutation, { input });
  const requestMs = performance.now() - start;
  const requests = (await server.ask({})).cpuMicroseconds - after.cpuMicroseconds;
  console.log(
    `by HTTP     ${comparedLines} requests one after the other, ${pace(comparedLines, requestMs)}, CPU ${perLine(requests, comparedLines)} a request`,
  );
  const cpuRatio = requests / comparedLines / (cpu / done);
  const times = (took: number, count: number) => `× ${(took / count / (milliseconds / done)).toFixed(1)}`;
  console.log(
    `ratios      as fast as requests ${times(requestMs, comparedLines)}, as bare statements ${times(oneByOne.milliseconds, oneByOne.rows)}, as those for a hundred at once ${times(together.milliseconds, together.rows)}; a request takes ${cpuRatio.toFixed(1)} times the CPU of a line`,
  );
  if (state.failedRows > 0) failures.push(`${state.failedRows} lines failed`);
  if (state.status === "COMPLETED" && done !== lines) failures.push("lines are missing");
  if (!(await isWhole(state))) failures.push("the import's result isn't the file");
  if (growth > maxGrowthBytes) failures.push(`the import's memory grew by ${growth} bytes`);
  if (done >= 50_000 && growth > earlyGrowth * maxLateGrowth) failures.push("the import's memory grows with the lines");
  if (cpuRatio < minCpuRatio) failures.push(`a request takes only ${cpuRatio} times the CPU of a line`);
  return failures;
}

async function run({ server, graphql, lines, maxMinutes }: ImportBenchmark) {
  const { startBulkImport } = await graphql<{ startBulkImport: { bulkOperation: { id: string }; uploadUrl: string } }>(
    "mutation ($input: StartBulkImportInput!) { startBulkImport(input: $input) { bulkOperation { id } uploadUrl } }",
    { input: { document: mutation } },
  );
  const { id } = startBulkImport.bulkOperation;
  const uploadStart = performance.now();
  const response = await fetch(startBulkImport.uploadUrl, {
    method: "PUT",
    body: ReadableStream.from(fileOf(lines)),
    duplex: "half",
  });
  if (response.status !== 202) throw new Error(await response.text());
  console.log(`upload      ${lines} lines stored after ${((performance.now() - uploadStart) / 1_000).toFixed(1)} s`);
  const start = performance.now();
  const samples: Sample[] = [];
  for (let isCancelled = false; ;) {
    const { residentBytes } = await server.ask({});
    const { bulkOperation: state } = await graphql<{ bulkOperation: State }>(
      `
        query ($id: ID!) {
          bulkOperation(id: $id) {
            status
            failureMessage
            processedRows
            failedRows
            size
            sha256
            downloadUrl
            finishedAt
          }
        }
      `,
      { id },
    );
    const atMs = performance.now() - start;
    samples.push({ atMs, lines: state.processedRows, residentBytes });
    if (state.finishedAt !== null) {
      if (state.status === "FAILED") throw new Error(JSON.stringify(state));
      return { state, samples };
    }
    if (!isCancelled && atMs > maxMinutes * 60_000) {
      isCancelled = true;
      await graphql(
        "mutation ($input: CancelBulkOperationInput!) { cancelBulkOperation(input: $input) { userErrors { code } } }",
        { input: { id } },
      );
    }
    await sleep(500);
  }
}

function* numbered(prefix: string, count: number) {
  for (let index = 0; index < count; index += 1) {
    yield { key: `${prefix}-${index}`, input: { email: `${prefix}${index}@example.com`, name: `Person ${index}` } };
  }
}

/** A thousand lines at a time: the file is never whole in this process either. */
async function* fileOf(lines: number): AsyncGenerator<Buffer> {
  let some: string[] = [];
  for (const line of numbered("in", lines)) {
    some.push(`${JSON.stringify(line)}\n`);
    if (some.length < 1_000) continue;
    yield Buffer.from(some.join(""));
    some = [];
  }
  yield Buffer.from(some.join(""));
}

/** What was cancelled has a result of the lines that were done, without a digest. */
async function isWhole({ downloadUrl, size, sha256, processedRows }: State): Promise<boolean> {
  if (downloadUrl === null) return false;
  const hash = createHash("sha256");
  let [bytes, results] = [0, 0];
  for await (const piece of (await fetch(downloadUrl)).body ?? []) {
    hash.update(piece as Uint8Array);
    bytes += (piece as Uint8Array).length;
    for (const byte of piece as Uint8Array) if (byte === 10) results += 1;
  }
  return bytes === size && results === processedRows && (sha256 === null || hash.digest("hex") === sha256);
}

function spread(samples: readonly Sample[], count: number): Sample[] {
  const step = Math.max(1, Math.ceil(samples.length / count));
  return samples.filter((_, index) => index % step === 0 || index === samples.length - 1);
}
