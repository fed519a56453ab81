import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { toVariables } from "./environment.ts";
import { ask, load, type Target } from "./http-load.ts";
import { leadsBody } from "./leads-servers.ts";
import { startLeadsDatabase } from "./leads-database.ts";
import { listBody } from "./list.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

// CPU per request of our server and of its peers, on the same data. Other programs take from a machine's speed but hardly
// from a process' CPU time per request, and the rounds are interleaved: believe the ratios.

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    milliseconds: { type: "string", default: "1000" },
    only: { type: "string" },
  },
});
const connections = 16;
// Optimised code is what we measure, and V8's compiler threads count as CPU time of the process.
const warmUpMs = 4_000;

interface Contest {
  readonly name: string;
  readonly body: string;
  readonly ours: string;
  readonly peer: string;
  readonly others: readonly string[];
  /** CPU per request may be at most this many times the peer's. */
  readonly bar: number;
}

const contests: readonly Contest[] = [
  {
    name: "list",
    body: listBody,
    ours: "nexora-list",
    peer: "mercurius-jit",
    others: ["apollo", "fastify"],
    bar: 1.5,
  },
  { name: "leads", body: leadsBody, ours: "nexora-leads", peer: "pg-fastify", others: [], bar: 2 },
];

interface Sample {
  readonly cpuMicroseconds: number;
  readonly perSecond: number;
}

async function measure(server: ServerProcess, target: Target, milliseconds: number): Promise<Sample> {
  const [cpu, time] = [await server.cpu(), performance.now()];
  const answered = await load(target, connections, milliseconds);
  const elapsed = performance.now() - time;
  return { cpuMicroseconds: ((await server.cpu()) - cpu) / answered, perSecond: (answered * 1_000) / elapsed };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function run(contest: Contest, headers: Record<string, string>, env: Record<string, string>): Promise<boolean> {
  await using stack = new AsyncDisposableStack();
  const runners = new Map<string, { server: ServerProcess; target: Target; samples: Sample[] }>();
  for (const name of [contest.ours, contest.peer, ...contest.others]) {
    const server = stack.use(await startServer(name, env));
    const path = name === "apollo" ? "/" : "/graphql";
    const target = { port: server.port, path, headers, body: contest.body };
    runners.set(name, { server, target, samples: [] });
    await load(target, connections, warmUpMs);
  }
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const { server, target, samples } of runners.values()) {
      samples.push(await measure(server, target, Number(options.milliseconds)));
    }
  }
  const cost = (name: string): number => median((runners.get(name)?.samples ?? []).map((each) => each.cpuMicroseconds));
  // Of the two runs of each round, which lie next to each other in time: so a busy minute counts for both.
  const ratioOf = (name: string): number =>
    median(
      (runners.get(name)?.samples ?? []).map(
        (each, round) =>
          each.cpuMicroseconds / (runners.get(contest.peer)?.samples[round]?.cpuMicroseconds ?? Number.NaN),
      ),
    );
  console.log(
    `\n${contest.name}: ${" ".repeat(16)}CPU µs/request   ÷ ${contest.peer}   requests/s   statements   bytes`,
  );
  for (const [name, { server, target, samples }] of runners) {
    await ask(target); // what is remembered for a second, such as the key's rights, is read here
    const before = await server.statements();
    const { length } = await ask(target);
    const statements = (await server.statements()) - before;
    const [cpu, ratio] = [cost(name).toFixed(0), ratioOf(name).toFixed(2)];
    const perSecond = median(samples.map((each) => each.perSecond)).toFixed(0);
    console.log(
      `  ${name.padEnd(22)} ${cpu.padStart(12)} ${ratio.padStart(16)} ${perSecond.padStart(16)} ${String(statements).padStart(10)} ${String(length).padStart(9)}`,
    );
  }
  const ratio = ratioOf(contest.ours);
  const isMet = ratio <= contest.bar;
  console.log(`${isMet ? "pass" : "FAIL"}: ${contest.ours} ≤ ${contest.bar} × ${contest.peer}: ${ratio.toFixed(2)}`);
  return isMet;
}

await using database = await startLeadsDatabase();
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${connections} connections`);
const headers = { authorization: `Bearer ${database.secretKey}` };
for (const contest of contests) {
  if (options.only !== undefined && options.only !== contest.name) continue;
  const isMet = await run(contest, headers, toVariables(database.environment));
  if (!isMet) process.exitCode = 1;
}
