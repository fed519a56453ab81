import "reflect-metadata";
import pg from "pg";
import { CalendarReader } from "../server/calendar/calendar-reader.ts";
import { SlotsService } from "../server/calendar/slots.service.ts";
import { Database } from "../server/db/database.ts";
import { type Context, LoaderCache } from "../server/operations/context.ts";
import { toId } from "../server/operations/ids.ts";
import { PeopleService } from "../server/people/people.service.ts";
import { type SlotsDatabase, startSlotsDatabase } from "./slots-database.ts";

// What `availableSlots` takes for 60 days of one coach and of 50, beside the simple ceiling that it can't pass: bare pg reading
// when these claims begin and end, in the cheapest form that it has. Interleaved, so that other load
// hits both alike; the bar is for the best round, because on a busy machine the others measure their neighbours.

const rounds = 41;
const days = 60;
const dayMs = 86_400_000;
const now = new Date(Math.floor(Date.now() / dayMs) * dayMs);

const cases = [
  { name: "one coach", coaches: 1, maxMs: 20 },
  { name: "50 coaches", coaches: 50, maxMs: 200 },
] as const;

await using database = await startSlotsDatabase(now);
const pool = new Database({ url: database.appUrl, poolSize: 4, statementTimeoutMs: 20_000 });
const bare = new pg.Client({ connectionString: database.appUrl });
await bare.connect();
await bare.query("SELECT set_config('nexora.tenant_id', $1, false)", [database.tenantId]);
try {
  const people = new PeopleService(pool);
  const slots = new SlotsService(pool, new CalendarReader(people), people);
  for (const { name, coaches, maxMs } of cases) {
    const ours: number[] = [];
    const ceiling: number[] = [];
    const cpu: number[] = [];
    let found = 0;
    for (let round = 0; round < rounds; round += 1) {
      const before = process.cpuUsage();
      ours.push(await time(async () => (found = await ask(slots, database, coaches))));
      const { user, system } = process.cpuUsage(before);
      cpu.push((user + system) / 1_000);
      ceiling.push(await time(() => readBare(bare, database, coaches)));
    }
    const best = Math.min(...ours);
    const [median, floor, own] = [medianOf(ours), medianOf(ceiling), medianOf(cpu)].map((ms) => ms.toFixed(1));
    const ratio = (medianOf(ceiling) / medianOf(ours)).toFixed(2);
    console.log(
      `${name}: ${found} slots in ${best.toFixed(1)} ms (median ${median}, ${own} of CPU); ceiling ${floor}, ratio ${ratio}`,
    );
    const isMet = best <= maxMs;
    console.log(`${isMet ? "pass" : "FAIL"}: ${days} days of ${name} take at most ${maxMs} ms`);
    if (!isMet) process.exitCode = 1;
  }
} finally {
  await bare.end();
  await pool.close();
}

async function ask(service: SlotsService, { tenantId, sessionTypeId, coachIds }: SlotsDatabase, coaches: number) {
  const context: Context = {
    principal: { kind: "API_KEY", tenantId, keyId: tenantId, scopes: ["calendar:read"], expiresAt: null },
    requestId: "benchmark",
    address: null,
    userAgent: null,
    now,
    signal: new AbortController().signal,
    loaders: new LoaderCache(),
  };
  const [coachId = ""] = coachIds;
  const answer = await service.availableSlots(context, {
    sessionTypeId: toId("SessionType", sessionTypeId),
    coachId: coaches === 1 ? toId("Coach", coachId) : null,
    from: now,
    to: new Date(now.getTime() + days * dayMs),
  });
  return answer?.slots.length ?? 0;
}

async function readBare(client: pg.Client, { tenantId, coachIds }: SlotsDatabase, coaches: number): Promise<void> {
  await client.query({
    name: "ceiling",
    text: `SELECT string_agg(timestamptz_send(busy_from) || timestamptz_send(busy_to), ''::bytea) AS claims FROM slot_claim
      WHERE tenant_id = $1 AND resource_id = ANY ($2) AND released_at IS NULL AND busy_to > $3 AND busy_from < $4`,
    values: [tenantId, coachIds.slice(0, coaches), now, new Date(now.getTime() + days * dayMs)],
  });
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
