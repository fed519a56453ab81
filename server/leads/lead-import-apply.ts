import type { JournalDraft } from "../journal/entry.ts";
import { collecting, type Transaction } from "../journal/journal.service.ts";
import { retryOnRace } from "./lead-identity.ts";
import { batchSize, type BatchOutcome, captureRows, type GoodRow } from "./lead-import-batch.ts";
import type { ImportJob, ImportTools } from "./lead-import-job.ts";
import { Spool } from "./lead-import-spool.ts";

/** What was found out before all of it was undone. */
export interface RolledBack extends BatchOutcome {
  readonly kind: "ROLLED_BACK";
}

export interface ApplyOptions {
  readonly signal: AbortSignal;
  /** Runs in the transaction as its last step. */
  readonly beforeCommit: (transaction: Transaction, outcome: BatchOutcome) => Promise<void>;
}

/** Entries that are appended to the journal with one statement. */
const entriesAtOnce = 1_000;

/**
 * Writes all rows in one transaction, or none: a refused row and a dry run roll it back, so a dry run's counts are those
 * of a real import. The tenant's addresses aren't locked beforehand (all would be, and every form of the tenant would
 * wait): where another capture was quicker, the transaction starts again from the spool. Journal entries wait in a spool of
 * their own, because appending them holds the tenant's journal until the commit.
 */
export function applyInOneTransaction(
  tools: ImportTools,
  job: ImportJob,
  rows: Spool<GoodRow>,
  options: ApplyOptions,
): Promise<RolledBack | { readonly kind: "COMMITTED" }> {
  return retryOnRace(async () => {
    await using drafts = await Spool.create<JournalDraft>(tools.spoolFolder);
    try {
      await tools.journal.transaction(job.scope, async (transaction) => {
        const outcome = await writeRows(transaction, job, rows, drafts, options.signal);
        if (job.options.isDryRun || outcome.refused.length > 0) throw new RollBack(outcome);
        await appendEntries(transaction, job, drafts);
        await options.beforeCommit(transaction, outcome);
      });
      return { kind: "COMMITTED" };
    } catch (error) {
      if (error instanceof RollBack) return { kind: "ROLLED_BACK", ...error.outcome };
      throw error;
    }
  });
}

/** Makes the transaction roll back, and carries what it found out. */
class RollBack extends Error {
  readonly outcome: BatchOutcome;

  constructor(outcome: BatchOutcome) {
    super("rolled back on purpose");
    this.outcome = outcome;
  }
}

async function writeRows(
  transaction: Transaction,
  { now, options: { isDryRun } }: ImportJob,
  rows: Spool<GoodRow>,
  drafts: Spool<JournalDraft>,
  signal: AbortSignal,
): Promise<BatchOutcome> {
  let createdLeads = 0;
  let mergedLeads = 0;
  const refused: BatchOutcome["refused"][number][] = [];
  for await (const batch of rows.batches(batchSize)) {
    signal.throwIfAborted();
    const recorded: JournalDraft[] = [];
    const outcome = await captureRows(collecting(transaction, recorded), batch, { now, isWithoutLocks: true });
    createdLeads += outcome.createdLeads;
    mergedLeads += outcome.mergedLeads;
    refused.push(...outcome.refused);
    if (!isDryRun) for (const draft of recorded) await drafts.add(draft);
  }
  return { createdLeads, mergedLeads, refused };
}

async function appendEntries(
  transaction: Transaction,
  { scope }: ImportJob,
  drafts: Spool<JournalDraft>,
): Promise<void> {
  const { actor, requestId } = scope;
  for await (const batch of drafts.batches(entriesAtOnce)) {
    const entries = batch.map((draft) => ({ ...draft, actor, requestId }));
    await transaction.query({
      name: "lead-import-append",
      text: "SELECT journal_append($1)",
      values: [JSON.stringify(entries)],
    });
  }
}
