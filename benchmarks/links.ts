import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { toVariables } from "./environment.ts";
import { ask } from "./http-load.ts";
import { startLeadsDatabase } from "./leads-database.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

// How long a short link's redirect takes at a moderate rate, beside a bare fastify that redirects to a fixed address. Requests
// start when their time has come, whether or not earlier ones were answered, and waiting counts. Rounds are interleaved, so that
// other load hits both alike; the bar is for the best round, because on a busy machine the others measure their neighbours.

const { values: options } = parseArgs({
  options: {
    rate: { type: "string", default: "200" },
    seconds: { type: "string", default: "3" },
    rounds: { type: "string", default: "5" },
    links: { type: "string", default: "100" },
  },
});
const barMs = 10;
const warmUpSeconds = 2;
const browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

interface Redirects {
  readonly name: string;
  readonly server: ServerProcess;
  readonly paths: readonly string[];
  readonly p50s: number[];
  readonly p99s: number[];
}

await using database = await startLeadsDatabase();
const variables = toVariables(database.environment);
await using nexora = await startServer("nexora-leads", variables);
await using bare = await startServer("fastify-redirect", variables);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
try {
  const paths = await createLinks(nexora.port, Number(options.links));
  const contestants: readonly Redirects[] = [
    { name: "Nexora", server: nexora, paths, p50s: [], p99s: [] },
    { name: "bare fastify", server: bare, paths: ["/l/bare"], p50s: [], p99s: [] },
  ];
  for (const each of contestants) await redirect(each, warmUpSeconds);
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const each of contestants) {
      const times = await redirect(each, Number(options.seconds));
      each.p50s.push(quantile(times, 0.5));
      each.p99s.push(quantile(times, 0.99));
    }
  }
  console.log(
    `${options.rate} redirects/s of ${options.links} links, ${options.rounds} rounds of ${options.seconds} s`,
  );
  console.log("               p50 ms   p99 ms   best p99");
  for (const { name, p50s, p99s } of contestants) {
    const columns = [quantile(p50s, 0.5), quantile(p99s, 0.5), Math.min(...p99s)];
    console.log(`${name.padEnd(14)} ${columns.map((ms) => ms.toFixed(2).padStart(6)).join("   ")}`);
  }
  const [ours, peer] = contestants;
  if (ours === undefined || peer === undefined) throw new Error("nobody to compare");
  const ratio = (own: readonly number[], other: readonly number[]) =>
    quantile(
      own.map((ms, round) => ms / (other[round] ?? Number.NaN)),
      0.5,
    ).toFixed(2);
  console.log(`ratio to bare fastify: p50 ${ratio(ours.p50s, peer.p50s)}, p99 ${ratio(ours.p99s, peer.p99s)}`);
  const isMet = Math.min(...ours.p99s) <= barMs;
  console.log(`${isMet ? "pass" : "FAIL"}: p99 of a redirect is at most ${barMs} ms`);
  if (!isMet) process.exitCode = 1;
} finally {
  agent.destroy();
}

async function createLinks(port: number, count: number): Promise<string[]> {
  const headers = { authorization: `Bearer ${database.secretKey}` };
  const paths: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const body = JSON.stringify({
      query: "mutation ($input: CreateLinkInput!) { createLink(input: $input) { link { slug } } }",
      variables: { input: { url: `https://example.com/${n}`, utm: { source: "benchmark" } } },
    });
    const answer = JSON.parse(await ask({ port, path: "/graphql", headers, body })) as {
      data: { createLink: { link: { slug: string } } };
    };
    paths.push(`/l/${answer.data.createLink.link.slug}`);
  }
  return paths;
}

/** Milliseconds of each redirect, from when it was due. */
async function redirect({ server: { port }, paths }: Redirects, seconds: number): Promise<number[]> {
  const count = Math.round(Number(options.rate) * seconds);
  const start = performance.now();
  const running: Promise<number>[] = [];
  for (let n = 0; n < count; n += 1) {
    const due = start + (n * 1_000) / Number(options.rate);
    const wait = due - performance.now();
    if (wait > 1) await sleep(wait);
    running.push(open(port, paths[n % paths.length] ?? "/").then(() => performance.now() - due));
  }
  return Promise.all(running);
}

function open(port: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage) => {
      if (response.statusCode !== 302) return reject(new Error(`${path}: ${response.statusCode}`));
      response.resume().on("end", resolve);
    };
    request({ port, path, agent, headers: { "user-agent": browser } }, answered)
      .on("error", reject)
      .end();
  });
}

function quantile(numbers: readonly number[], share: number): number {
  return (
    numbers.toSorted((a, b) => a - b)[Math.min(Math.floor(numbers.length * share), numbers.length - 1)] ?? Number.NaN
  );
}
