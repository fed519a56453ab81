import { parseArgs } from "node:util";
import { type BenchmarkAccount, spreadTenants, startLedgerDatabase } from "./ledger-database.ts";
import { bare, interactive, type LedgerPeer, nexora } from "./ledger-peers.ts";

// Spends and bookings per second, each a committed transaction with its entries of the journal: as the server makes them, by bare pg that
// calls the same SQL functions, and by an interactive transaction with Prisma's models. In turns, in one process, so that other load and the
// client's own work hit all alike. Believe the ratios. Exits with 1 when one is below its bar.

const { values: options } = parseArgs({
  options: {
    accounts: { type: "string", default: "10000" },
    clients: { type: "string", default: "1,16,64" },
    /** Of each turn. */
    seconds: { type: "string", default: "2" },
    rounds: { type: "string", default: "3" },
    works: { type: "string", default: "spend,book" },
    /** Whether a commit waits for this machine's disk. */
    disk: { type: "boolean", default: false },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);

const bars = { "bare pg": 0.6, interactive: 5 } as const;

await using database = await startLedgerDatabase(Number(options.accounts), options.disk);
console.log(options.disk ? "commits wait for the disk" : "commits don't wait for the disk");
const hot = database.accounts.slice(0, 1);
const loads = [
  { name: "one hot account", accounts: hot },
  { name: `${database.accounts.length} accounts of one tenant`, accounts: database.accounts },
  { name: `${database.spread.length} accounts of ${spreadTenants} tenants`, accounts: database.spread },
];

for (const work of ["spend", "book"] as const) {
  if (!options.works.split(",").includes(work)) continue;
  for (const clients of options.clients.split(",").map(Number)) {
    for (const { name, accounts } of loads) await compare(work, clients, { name, accounts });
  }
}

async function compare(
  work: "spend" | "book",
  clients: number,
  { name, accounts }: (typeof loads)[number],
): Promise<void> {
  const peers = [nexora(database, clients), await bare(database, clients), interactive(database, clients)];
  try {
    const rates = new Map(peers.map((peer) => [peer.name, 0]));
    const measure = (peer: LedgerPeer, duration: number) =>
      run((account, client) => peer[work](account, client), { accounts, clients, duration });
    for (const peer of peers) await measure(peer, 0.3); // connections, prepared statements, compiled code
    for (let round = 0; round < rounds; round += 1) {
      for (const peer of peers) {
        rates.set(peer.name, (rates.get(peer.name) ?? 0) + (await measure(peer, seconds)) / rounds);
      }
    }
    report(`${work}, ${clients} clients, ${name}`, rates);
  } finally {
    for (const peer of peers) await peer.close();
  }
}

/** How often per second. */
async function run(
  work: (account: BenchmarkAccount, client: number) => Promise<void>,
  { accounts, clients, duration }: { accounts: readonly BenchmarkAccount[]; clients: number; duration: number },
): Promise<number> {
  const begun = performance.now();
  const end = begun + duration * 1_000;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        const account = accounts[Math.floor(Math.random() * accounts.length)];
        if (account === undefined) throw new Error("there is no account");
        await work(account, client);
        done += 1;
      }
    }),
  );
  return (done * 1_000) / (performance.now() - begun);
}

function report(name: string, rates: ReadonlyMap<string, number>): void {
  const ours = rates.get("nexora") ?? 0;
  const figures = [...rates].map(([peer, rate]) => `${peer} ${Math.round(rate)}/s`);
  console.log(`${name}: ${figures.join(", ")}`);
  for (const [peer, bar] of Object.entries(bars)) {
    const ratio = ours / (rates.get(peer) ?? Infinity);
    const isMet = ratio >= bar;
    console.log(`  ${isMet ? "pass" : "FAIL"}: ${ratio.toFixed(2)} of ${peer}, at least ${bar}`);
    if (!isMet) process.exitCode = 1;
  }
}
