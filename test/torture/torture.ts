import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { toUuid } from "../../server/operations/ids.ts";
import { Cluster } from "./cluster.ts";
import { Random } from "./random.ts";
import { TortureSubscriber } from "./subscriber.ts";
import { TortureWriter } from "./writer.ts";

export interface TorturePlan {
  readonly seed: number;
  /** How often each thing happens; they are spread over the run's time. */
  readonly cuts: number;
  readonly redisKills: number;
  readonly serverKills: number;
  /** About how long that takes; a restart that needs longer makes the run longer. */
  readonly seconds: number;
  readonly report?: (line: string) => void;
}

export interface TortureReport {
  readonly entries: number;
  readonly subscribers: number;
  readonly deliveries: number;
  readonly connections: number;
  readonly cuts: number;
  readonly redisKills: number;
  readonly serverKills: number;
  readonly rolledBack: number;
  readonly withoutHint: number;
  /** Empty: every subscriber saw each committed entry once, in order. */
  readonly violations: readonly string[];
}

const writers = 8;
const subscribers = 16;
const servers = 2;
const settleMs = 60_000;

/** Hurts everything but PostgreSQL while writers write, and then compares what each subscriber saw with the journal. */
export async function torture(plan: TorturePlan): Promise<TortureReport> {
  const { seed, seconds, report = () => undefined } = plan;
  const random = new Random(seed);
  const fork = () => new Random(Math.floor(random.next() * 2 ** 32));
  await using cluster = await Cluster.start(servers);
  const { urls, tenant, database } = cluster;
  const credential = tenant.secretKey;
  const tenantId = toUuid("Tenant", tenant.tenantId) ?? "";
  const after = await eventCursor(urls[0] ?? "", credential);
  const start = await head(database.ownerUrl, tenantId);

  const following = Array.from({ length: subscribers }, (_, index) => {
    const types = index % 4 === 3 ? { types: ["lead.captured", "torture.even"] } : {};
    return new TortureSubscriber({ name: `subscriber ${index}`, urls, credential, random: fork(), after, ...types });
  });
  const writing = Array.from(
    { length: writers },
    () => new TortureWriter({ urls, credential, appUrl: database.appUrl, tenantId, random: fork() }),
  );

  const done = { cuts: 0, redisKills: 0, serverKills: 0 };
  const timer = setInterval(() => report(`${JSON.stringify(done)}, ${following[0]?.positions.length} entries`), 10_000);
  const violations: string[] = [];
  try {
    await Promise.all([
      repeat(plan.cuts, seconds, fork(), async (dice) => {
        const connected = following.filter(({ isConnected }) => isConnected);
        if (connected.length === 0) return false;
        dice.pick(connected).cut();
        done.cuts += 1;
        return true;
      }),
      repeat(plan.redisKills, seconds, fork(), async () => {
        await cluster.killRedis();
        done.redisKills += 1;
        return true;
      }),
      repeat(plan.serverKills, seconds, fork(), async (dice) => {
        await cluster.killServer(dice);
        done.serverKills += 1;
        return true;
      }),
    ]);
  } catch (error) {
    violations.push(`the run broke off: ${String(error)}\n${cluster.output()}`);
  } finally {
    clearInterval(timer);
    await Promise.all(writing.map((writer) => writer.stop()));
  }

  const committed = await entriesAfter(database.ownerUrl, tenantId, start);
  await settled(following, committed);
  await Promise.all(following.map((subscriber) => subscriber.stop()));
  violations.push(...following.flatMap((subscriber, index) => compare(subscriber, committed, index % 4 === 3)));
  const sum = (count: (writer: TortureWriter) => number) => writing.reduce((total, writer) => total + count(writer), 0);
  return {
    entries: committed.length,
    subscribers,
    deliveries: following.reduce((total, { positions }) => total + positions.length, 0),
    connections: following.reduce((total, { connections }) => total + connections, 0),
    ...done,
    rolledBack: sum(({ rolledBack }) => rolledBack),
    withoutHint: sum(({ withoutHint }) => withoutHint),
    violations,
  };
}

interface Committed {
  readonly position: number;
  readonly type: string;
}

/** Does something this many times, at random moments of the time. What can't be done now is tried again. */
async function repeat(
  count: number,
  seconds: number,
  random: Random,
  act: (random: Random) => Promise<boolean>,
): Promise<void> {
  const startedAt = Date.now();
  for (let done = 0; done < count;) {
    const due = startedAt + ((done + random.next()) / count) * seconds * 1_000;
    await sleep(Math.max(1, due - Date.now()));
    if (await act(random)) done += 1;
  }
}

function compare(subscriber: TortureSubscriber, committed: readonly Committed[], isFiltered: boolean): string[] {
  const expected = committed
    .filter(({ type }) => !isFiltered || type === "lead.captured" || type === "torture.even")
    .map(({ position }) => position);
  const { positions, violations } = subscriber;
  const wrong = expected.findIndex((position, index) => positions[index] !== position);
  if (wrong === -1 && positions.length === expected.length) return [...violations];
  return [
    ...violations,
    `expected ${expected.length} entries, got ${positions.length}; at index ${wrong} expected ${expected[wrong]}, got ${positions[wrong]}`,
  ];
}

async function settled(following: readonly TortureSubscriber[], committed: readonly Committed[]): Promise<void> {
  const last = committed.at(-1)?.position ?? 0;
  const lastFiltered = committed.findLast(({ type }) => type === "lead.captured" || type === "torture.even");
  const deadline = Date.now() + settleMs;
  const isBehind = ({ positions }: TortureSubscriber, index: number) =>
    (positions.at(-1) ?? 0) < (index % 4 === 3 ? (lastFiltered?.position ?? 0) : last);
  while (following.some(isBehind) && Date.now() < deadline) await sleep(50);
  await sleep(500); // one that comes twice would come now
}

async function eventCursor(url: string, credential: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${credential}` },
    body: JSON.stringify({ query: "{ eventCursor }" }),
  });
  const { data } = (await response.json()) as { data: { eventCursor: string } };
  return data.eventCursor;
}

async function head(ownerUrl: string, tenantId: string): Promise<number> {
  const [row] = await select<{ position: string }>(ownerUrl, "SELECT position FROM journal_head WHERE tenant_id = $1", [
    tenantId,
  ]);
  return Number(row?.position);
}

async function entriesAfter(ownerUrl: string, tenantId: string, start: number): Promise<Committed[]> {
  const rows = await select<{ position: string; type: string }>(
    ownerUrl,
    "SELECT position, type FROM journal_entry WHERE tenant_id = $1 AND position > $2 ORDER BY position",
    [tenantId, start],
  );
  return rows.map(({ position, type }, index) => {
    if (Number(position) !== start + index + 1) throw new Error(`the journal has a hole before ${position}`);
    return { position: Number(position), type };
  });
}

async function select<Row extends pg.QueryResultRow>(url: string, text: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
