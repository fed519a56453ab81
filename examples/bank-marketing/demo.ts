// Plays an integrator: sends the people of a public data set to a running server and follows its journal meanwhile.
// Run: npm run demo [-- --rows 500]
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import {
  type CaptureLeadInput,
  createNexora,
  EventCursorDocument,
  JournalDocument,
  LeadCountDocument,
  type Nexora,
  NexoraError,
} from "@nexora/sdk";
import { readBankCustomers, rowCount, source } from "./bank-customers.ts";
import { Deliveries } from "./deliveries.ts";
import { DemoError, findServer } from "./find-server.ts";
import { captureLeads, importLeads } from "./send-leads.ts";

const parallel = 8;
/** How long the last deliveries may take before they count as lost. */
const patienceMs = 15_000;

const figure = new Intl.NumberFormat("en");
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

function readOptions() {
  try {
    return parseArgs({ options: { rows: { type: "string" } } }).values;
  } catch (error) {
    throw new DemoError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function readRows(): number | undefined {
  const { rows: text } = readOptions();
  if (text === undefined) return undefined;
  const rows = Number(text);
  if (!Number.isInteger(rows) || rows < 2 || rows > rowCount) {
    throw new DemoError(`--rows takes a whole number from 2 to ${rowCount}`);
  }
  return rows;
}

/** As many rows as the bucket of the tenant's plan pays for: a capture costs some 12, and what is delivered costs, too. */
async function affordableRows(nexora: Nexora): Promise<number> {
  await nexora.query(EventCursorDocument);
  const { available, restoreRate } = nexora.rateLimit ?? { available: Infinity, restoreRate: Infinity };
  const rows = Math.max(2, Math.min(rowCount, Math.floor(available / 12)));
  if (rows < rowCount) {
    console.log(
      `The tenant's plan has ${figure.format(available)} units left and gets back ${figure.format(restoreRate)} a second. For all ` +
        `${figure.format(rowCount)} rows use a key of a tenant with a larger plan.`,
    );
  }
  return rows;
}

/** The first so many of an iterator, which goes on to live. */
async function* take(leads: AsyncIterator<CaptureLeadInput>, count: number): AsyncGenerator<CaptureLeadInput> {
  for (let taken = 0; taken < count; taken++) {
    const next = await leads.next();
    if (next.done === true) return;
    yield next.value;
  }
}

async function run(nexora: Nexora, rows: number): Promise<boolean> {
  const importRequestId = `demo-${randomUUID()}`;
  const deliveries = new Deliveries(importRequestId);
  // From this place on everything will come, whenever the subscription is up.
  const { eventCursor } = await nexora.query(EventCursorDocument);
  const feed = nexora.subscribe(JournalDocument, { after: eventCursor });
  const following = (async () => {
    for await (const { journal } of feed) deliveries.receive(journal, performance.timeOrigin + performance.now());
  })();
  following.catch(() => undefined); // told at the end, below
  const people = readBankCustomers(rows);
  const imported = Math.floor(rows / 2);
  let captured = 0;
  const progress = setInterval(() => {
    console.log(`  captured ${figure.format(captured)}, received ${figure.format(deliveries.received)} of both`);
  }, 5_000);
  try {
    const startedAt = performance.now();
    console.log(`Importing ${figure.format(imported)} leads as a file …`);
    deliveries.expectImported(await importLeads(nexora, take(people, imported), importRequestId));
    const importMs = performance.now() - startedAt;
    console.log(`Capturing ${figure.format(rows - imported)} leads, ${parallel} at a time …`);
    await captureLeads(nexora, people, {
      parallel,
      onCaptured: (cursor) => {
        captured += 1;
        deliveries.expect(cursor);
      },
    });
    const captureMs = performance.now() - startedAt - importMs;
    for (let waitedMs = 0; deliveries.lost > 0 && waitedMs < patienceMs; waitedMs += 50) {
      await Promise.race([sleep(50), following]);
    }
    return await report(nexora, deliveries, { imported, importMs, captured, captureMs });
  } finally {
    clearInterval(progress);
    feed.close();
    await following;
  }
}

interface Phases {
  readonly imported: number;
  readonly importMs: number;
  readonly captured: number;
  readonly captureMs: number;
}

async function report(nexora: Nexora, deliveries: Deliveries, phases: Phases): Promise<boolean> {
  const { captured, received, lost, duplicates, gaps, created } = deliveries;
  const { leads } = await nexora.query(LeadCountDocument, { filter: { source: { eq: source } } });
  const rate = (count: number, ms: number) => `${figure.format(Math.round((count * 1_000) / ms))} leads/s`;
  console.log(`
captured      ${figure.format(captured)}
received      ${figure.format(received)}
lost          ${figure.format(lost)}
duplicates    ${figure.format(duplicates)}
gaps          ${figure.format(gaps)}
latency       median ${Math.round(deliveries.latencyMs(0.5))} ms, p99 ${Math.round(deliveries.latencyMs(0.99))} ms (commit to delivery)
throughput    import ${rate(phases.imported, phases.importMs)} (${seconds(phases.importMs)}), capture ${rate(phases.captured, phases.captureMs)} (${seconds(phases.captureMs)})
leads         ${figure.format(leads.totalCount)} from this file are on the server, ${figure.format(created)} of them new`);
  if (created < captured) {
    console.log(`${figure.format(captured - created)} people were known already: they were merged, no lead was added.`);
  }
  return lost === 0 && duplicates === 0 && gaps === 0;
}

try {
  const wished = readRows();
  const { url, key } = await findServer(process.env);
  const nexora = createNexora({ url, credential: key });
  const rows = wished ?? (await affordableRows(nexora));
  console.log(
    `Server ${url}, data: UCI Bank Marketing (Moro, Cortez, Rita 2014; CC BY 4.0), ${figure.format(rows)} rows`,
  );
  process.exitCode = (await run(nexora, rows)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof DemoError) && !(error instanceof NexoraError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
