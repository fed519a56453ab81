import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { ClientsAnswer, ClientsQuestion } from "./fanout-clients.ts";
import { type FanoutDatabase, startFanoutDatabase } from "./fanout-database.ts";
import { Peer } from "./fanout-process.ts";
import type { ServerQuestion, ServerUsage } from "./fanout-server.ts";

// What a delivered message costs: our whole server (journal in PostgreSQL, hints over Redis, GraphQL) against ws that only
// broadcasts a prepared frame. Rounds are interleaved in one run, so believe the ratios.

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    milliseconds: { type: "string", default: "4000" },
    sockets: { type: "string", default: "1000" },
    idle: { type: "string", default: "10000" },
    only: { type: "string" },
  },
});
const rounds = Number(options.rounds);
const milliseconds = Number(options.milliseconds);
const sockets = Number(options.sockets);
const idle = Number(options.idle);
const maxCostRatio = 1.1;
const maxP99Ms = 30;
const maxIdleBytes = 20_000;

type Server = Peer<ServerQuestion, ServerUsage>;
type Clients = Peer<ClientsQuestion, ClientsAnswer>;

interface Sample {
  readonly cpuPerMessage: number;
  readonly perSecond: number;
  readonly isComplete: boolean;
  readonly p50: number;
  readonly p99: number;
}

async function measure(server: Server, clients: Clients, run: () => Promise<number | undefined>): Promise<Sample> {
  await clients.ask({ reset: true });
  const before = await server.ask({});
  const startedAt = performance.now();
  const events = await run();
  let answer = await clients.ask({});
  const expected = events === undefined ? undefined : events * answer.connections;
  for (let waits = 0; expected !== undefined && answer.messages < expected && waits < 40; waits += 1) {
    await sleep(25);
    answer = await clients.ask({});
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = await server.ask({});
  return {
    cpuPerMessage: (after.cpuMicroseconds - before.cpuMicroseconds) / answer.messages,
    perSecond: answer.messages / seconds,
    isComplete: expected === undefined || answer.messages === expected,
    p50: answer.p50,
    p99: answer.p99,
  };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function verdict(isMet: boolean, what: string): void {
  console.log(`${isMet ? "pass" : "FAIL"}: ${what}`);
  if (!isMet) process.exitCode = 1;
}

async function deliveries(database: FanoutDatabase): Promise<void> {
  await using nexora: Server = await Peer.start("./fanout-server.js", ["nexora"], database.env);
  await using bare: Server = await Peer.start("./fanout-server.js", ["bare"]);
  await using ours: Clients = await Peer.start("./fanout-clients.js");
  await using theirs: Clients = await Peer.start("./fanout-clients.js");
  let opened = 0;
  for (const { name, count, perSecond, inWindows } of [
    { name: "in 10 ms windows", count: sockets, perSecond: 200, inWindows: true },
    { name: "at once", count: 5 * sockets, perSecond: 20, inWindows: false },
  ]) {
    const more = count - opened;
    opened = count;
    await ours.ask({ open: { port: nexora.port, count: more, credential: database.secretKey } });
    await theirs.ask({ open: { port: bare.port, count: more, credential: undefined } });
    const broadcast = async () => {
      await bare.ask({ broadcast: { perSecond, inWindows } });
      await sleep(milliseconds);
      await bare.ask({ broadcast: { perSecond: 0, inWindows } });
      await sleep(50);
      return undefined;
    };
    const samples: { nexora: Sample; bare: Sample }[] = [];
    await database.write(perSecond, 2_000); // V8 compiles what is hot
    for (let round = 0; round < rounds; round += 1) {
      const bareSample = await measure(bare, theirs, broadcast);
      samples.push({
        bare: bareSample,
        nexora: await measure(nexora, ours, () => database.write(perSecond, milliseconds)),
      });
    }
    const middle = (who: "nexora" | "bare", what: "cpuPerMessage" | "perSecond" | "p50" | "p99") =>
      median(samples.map((sample) => sample[who][what]));
    console.log(`\n${count} sockets × ${perSecond} events/s, ${name}:  CPU µs/message  messages/s   p50 ms   p99 ms`);
    for (const who of ["bare", "nexora"] as const) {
      const [cost, rate] = [middle(who, "cpuPerMessage").toFixed(2), middle(who, "perSecond").toFixed(0)];
      const [p50, p99] = [middle(who, "p50").toFixed(1), middle(who, "p99").toFixed(1)];
      console.log(`  ${who.padEnd(48)} ${cost.padStart(8)} ${rate.padStart(11)} ${p50.padStart(8)} ${p99.padStart(8)}`);
    }
    const ratio = median(samples.map((sample) => sample.nexora.cpuPerMessage / sample.bare.cpuPerMessage));
    verdict(ratio <= maxCostRatio, `CPU per message ≤ ${maxCostRatio} × bare ws ${name}: ${ratio.toFixed(2)}`);
    if (!inWindows) continue;
    verdict(
      samples.every((sample) => sample.nexora.isComplete),
      `all of ${sockets} × ${perSecond}/s delivered`,
    );
    const p99 = middle("nexora", "p99");
    verdict(p99 <= maxP99Ms, `p99 from before the commit to the client ≤ ${maxP99Ms} ms: ${p99.toFixed(1)} ms`);
  }
}

/** Resident memory that each of many idle connections adds. */
async function idleBytes(kind: "nexora" | "bare", database: FanoutDatabase): Promise<number> {
  await using server: Server = await Peer.start("./fanout-server.js", [kind], database.env);
  await using clients: Clients = await Peer.start("./fanout-clients.js");
  const credential = kind === "nexora" ? database.secretKey : undefined;
  await clients.ask({ open: { port: server.port, count: 200, credential } }); // what the first ones make it load and compile
  await server.ask({ collectGarbage: true });
  const before = await server.ask({});
  await clients.ask({ open: { port: server.port, count: idle, credential } });
  await sleep(1_000);
  await server.ask({ collectGarbage: true });
  const after = await server.ask({});
  return (after.residentBytes - before.residentBytes) / idle;
}

async function memory(database: FanoutDatabase): Promise<void> {
  const bare = await idleBytes("bare", database);
  const nexora = await idleBytes("nexora", database);
  const added = nexora - bare;
  console.log(`\n${idle} idle subscriptions: bare ws ${kilobytes(bare)}, nexora ${kilobytes(nexora)} each`);
  verdict(added <= maxIdleBytes, `≤ ${kilobytes(maxIdleBytes)} each above bare ws: ${kilobytes(added)}`);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}

await using database = await startFanoutDatabase();
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`);
if (options.only !== "memory") await deliveries(database);
if (options.only !== "deliveries") await memory(database);
