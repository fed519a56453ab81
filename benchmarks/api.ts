import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { toVariables } from "./environment.ts";
import { ask, load, type Target } from "./http-load.ts";
import { type LeadsDatabase, startLeadsDatabase } from "./leads-database.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

// What the API's own rules cost: the share of a small query that goes into them, and a refusal. CPU time per request, because
// other programs take from a machine's speed but hardly from that; what is compared runs interleaved.

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    milliseconds: { type: "string", default: "1000" },
    only: { type: "string" },
  },
});
const connections = 16;
const warmUpMs = 4_000;
/** Of a small query's CPU time. */
const maxPipelineShare = 0.15;
const minRefusalsPerCpuSecond = 20_000;
/** How much later the others' answers may come in the median while somebody floods. */
const maxHarm = 3;

const totals = Array.from({ length: 30 }, (_, index) => `t${index}: leads(first: 0) { totalCount }`).join(" ");
const costlyBody = JSON.stringify({ query: `{ ${totals} }` });
const smallBody = (id: string) =>
  JSON.stringify({
    query: "query Lead($id: ID!) { lead(id: $id) { id name email stage tags createdAt } }",
    variables: { id },
  });

const median = (numbers: readonly number[]) => quantile(numbers, 0.5);

function quantile(numbers: readonly number[], part: number): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length * part)] ?? Number.NaN;
}

function targetOf({ port }: ServerProcess, { secretKey }: LeadsDatabase, body: string): Target {
  return { port, path: "/graphql", headers: { authorization: `Bearer ${secretKey}` }, body };
}

async function cpuPerRequest(server: ServerProcess, target: Target): Promise<number> {
  const before = await server.cpu();
  const answered = await load(target, connections, Number(options.milliseconds));
  return ((await server.cpu()) - before) / answered;
}

function verdict(isMet: boolean, text: string): void {
  console.log(`${isMet ? "pass" : "FAIL"}: ${text}`);
  if (!isMet) process.exitCode = 1;
}

/** One lead by its id, with and without everything that stands between the request and its execution. */
async function measureShare(database: LeadsDatabase): Promise<void> {
  const env = toVariables(database.environment);
  await using ours = await startServer("nexora-leads", env);
  await using bare = await startServer("without-pipeline", env);
  const listed = await ask(targetOf(ours, database, JSON.stringify({ query: "{ leads(first: 1) { nodes { id } } }" })));
  const id = /"id":"(lead_\w+)"/.exec(listed)?.[1] ?? "";
  const runs = [ours, bare].map((server) => ({ server, target: targetOf(server, database, smallBody(id)) }));
  for (const { target } of runs) await load(target, connections, warmUpMs);
  const samples: number[][] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const sample: number[] = [];
    for (const { server, target } of runs) sample.push(await cpuPerRequest(server, target));
    samples.push(sample);
  }
  const share = median(samples.map(([all = 0, without = 0]) => (all - without) / all));
  const [all, without] = [0, 1].map((index) => median(samples.map((sample) => sample[index] ?? 0)).toFixed(0));
  console.log(`\nsmall query: ${all} µs CPU per request with the pipeline, ${without} without`);
  verdict(
    share <= maxPipelineShare,
    `the pipeline's share is ${(share * 100).toFixed(1)} % (≤ ${maxPipelineShare * 100} %)`,
  );
}

/** As fast as 16 connections can, against an empty bucket. */
async function measureRefusals(database: LeadsDatabase): Promise<void> {
  await using server = await startServer("empty-buckets", toVariables(database.environment));
  const target = { ...targetOf(server, database, costlyBody), status: 429 };
  await untilRefused(target);
  await load(target, connections, warmUpMs);
  const samples: number[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) samples.push(await cpuPerRequest(server, target));
  const perCpuSecond = 1_000_000 / median(samples);
  console.log(`\nrefusals: ${median(samples).toFixed(1)} µs CPU each`);
  verdict(
    perCpuSecond >= minRefusalsPerCpuSecond,
    `${perCpuSecond.toFixed(0)} refusals per CPU-second (≥ ${minRefusalsPerCpuSecond})`,
  );
}

/** One tenant asks for twice what its plan restores; another one's answers are timed before and meanwhile. */
async function measureOthers(database: LeadsDatabase): Promise<void> {
  await using server = await startServer("standard-plan", toVariables(database.environment));
  const flooding = targetOf(server, database, costlyBody);
  const other: Target = {
    ...flooding,
    headers: {},
    body: JSON.stringify({ query: "{ rateLimit { operation { maxCost } } }" }),
  };
  await timed(other, warmUpMs); // at a pace that its own bucket allows
  const quiet = await timed(other, 5_000);
  await untilRefused({ ...flooding, status: 429 });
  const ending = new AbortController();
  const flood = floodAt(flooding, (2 * 200) / 330, ending.signal);
  const meanwhile = await timed(other, 10_000);
  ending.abort();
  const { accepted, refused } = await flood;
  const show = (times: readonly number[]) =>
    `${median(times).toFixed(2)} ms in the median, p99 ${quantile(times, 0.99).toFixed(2)}`;
  console.log(`\nat twice the limit: ${accepted} accepted, ${refused} refused`);
  console.log(`others, quiet: ${show(quiet)}; meanwhile: ${show(meanwhile)}`);
  const harm = median(meanwhile) / median(quiet);
  verdict(harm <= maxHarm, `the others wait ${harm.toFixed(2)} times as long (≤ ${maxHarm}), none was refused`);
}

async function untilRefused(target: Target): Promise<void> {
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    if ((await statusOf(target)) === 429) return;
  }
  throw new Error("the bucket is never empty");
}

async function statusOf({ port, path, headers, body }: Target): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

async function timed(target: Target, milliseconds: number): Promise<number[]> {
  const times: number[] = [];
  for (const end = performance.now() + milliseconds; performance.now() < end; await sleep(10)) {
    const startedAt = performance.now();
    if ((await statusOf(target)) !== 200) throw new Error("somebody else was refused");
    times.push(performance.now() - startedAt);
  }
  return times;
}

async function floodAt(target: Target, perSecond: number, signal: AbortSignal) {
  const counts = { accepted: 0, refused: 0 };
  const asked: Promise<void>[] = [];
  while (!signal.aborted) {
    asked.push(statusOf(target).then((status) => void (counts[status === 429 ? "refused" : "accepted"] += 1)));
    await sleep(1_000 / perSecond);
  }
  await Promise.all(asked);
  return counts;
}

await using database = await startLeadsDatabase();
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${connections} connections`);
const parts = { share: measureShare, refusals: measureRefusals, others: measureOthers };
for (const [name, measure] of Object.entries(parts)) {
  if (options.only === undefined || options.only === name) await measure(database);
}
