import { interruptible } from "../operations/interruptible.ts";
import { retryOnRace } from "./lead-identity.ts";
import { applyInOneTransaction, type RolledBack } from "./lead-import-apply.ts";
import { batchSize, captureRows, type GoodRow } from "./lead-import-batch.ts";
import { ImportFailed } from "./lead-import-failure.ts";
import type { ImportJob, ImportTools } from "./lead-import-job.ts";
import { isRefused, type RowProblem } from "./lead-import-problem.ts";
import { type FileLayout, readFileRows } from "./lead-import-reader.ts";
import { Spool } from "./lead-import-spool.ts";
import { endImport, keepAlive, saveProgress } from "./lead-import-store.ts";
import { add, emptyTally, ErrorLog } from "./lead-import-tally.ts";

const tickMs = 400;

/** Rows that were read since the last commit. */
interface Batch {
  readonly good: GoodRow[];
  readonly bad: { readonly row: number; readonly line: number; readonly problems: readonly RowProblem[] }[];
}

const emptyBatch = (): Batch => ({ good: [], bad: [] });

/** The import isn't ours any more: it was cancelled, or another process gave it up for lost. */
export class NoLongerRunning extends Error {
  override readonly name = "NoLongerRunning";
}

/** Reads one file and captures its people. */
export class ImportRun {
  readonly #tools: ImportTools;
  readonly #job: ImportJob;
  readonly #errors = new ErrorLog();
  readonly #stop = new AbortController();
  #tally = emptyTally;
  #layout: FileLayout | null = null;

  /** `signal` is aborted when the process is to end. */
  constructor(tools: ImportTools, job: ImportJob, signal: AbortSignal) {
    this.#tools = tools;
    this.#job = job;
    const stop = () =>
      this.#stop.abort(new ImportFailed("SERVER_STOPPED", "The server is being stopped. Import the file again."));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true, signal: this.#stop.signal });
  }

  get layout(): FileLayout | null {
    return this.#layout;
  }

  /** Resolves when the import is completed and that is written; throws ImportFailed or NoLongerRunning. */
  async complete(bytes: AsyncIterable<Buffer>): Promise<void> {
    const isStaged = this.#job.options.isDryRun || this.#job.options.errorPolicy === "ALL_OR_NOTHING";
    const ticking = this.#startTicking(isStaged);
    try {
      await (isStaged ? this.#staged(bytes) : this.#streamed(bytes));
    } finally {
      await ticking.stop();
      this.#stop.abort(); // lets go of the process's signal
    }
  }

  /** Each batch is one transaction, while the next one is being read. */
  async #streamed(bytes: AsyncIterable<Buffer>): Promise<void> {
    let writing: Promise<void> = Promise.resolve();
    let batch = emptyBatch();
    const write = async () => {
      await writing;
      writing = this.#commit(batch);
      batch = emptyBatch();
      writing.catch(() => undefined); // the next `await writing` throws it
    };
    try {
      for await (const { row, line, content } of this.#read(bytes)) {
        if (isRefused(content)) batch.bad.push({ row, line, problems: content });
        else batch.good.push({ row, line, candidate: content });
        if (batch.good.length + batch.bad.length >= batchSize) await write();
      }
    } catch (error) {
      await writing; // what was good before the file broke is written, and counted
      throw error;
    }
    await write();
    await writing;
    await this.#end();
  }

  async #commit({ good, bad }: Batch): Promise<void> {
    const { journal } = this.#tools;
    const { id, scope, now } = this.#job;
    for (const { problems, ...place } of bad) this.#errors.add(place, problems);
    const waiting = this.#errors.waiting();
    const { result } = await retryOnRace(() =>
      journal.transaction(scope, async (transaction) => {
        const outcome = await captureRows(transaction, good, { now, isWithoutLocks: false });
        const tally = add(this.#tally, {
          processedRows: good.length + bad.length,
          committedRows: good.length - outcome.refused.length,
          createdLeads: outcome.createdLeads,
          mergedLeads: outcome.mergedLeads,
          failedRows: bad.length + outcome.refused.length,
        });
        if (!(await saveProgress(transaction, id, tally, waiting))) throw new NoLongerRunning();
        return { tally, refused: outcome.refused };
      }),
    );
    this.#tally = result.tally;
    this.#errors.stored(waiting);
    for (const { problem, ...place } of result.refused) this.#errors.add(place, [problem]);
  }

  /** All rows are read and judged before the first one is written. */
  async #staged(bytes: AsyncIterable<Buffer>): Promise<void> {
    const { isDryRun, errorPolicy } = this.#job.options;
    await using spool = await Spool.create<GoodRow>(this.#tools.spoolFolder);
    for await (const { row, line, content } of this.#read(bytes)) {
      const isBad = isRefused(content);
      this.#tally = add(this.#tally, { processedRows: 1, failedRows: isBad ? 1 : 0 });
      if (isBad) this.#errors.add({ row, line }, content);
      else await spool.add({ row, line, candidate: content });
    }
    if (!isDryRun && errorPolicy === "ALL_OR_NOTHING" && this.#tally.failedRows > 0) throw rowsInvalid();
    const outcome = await applyInOneTransaction(this.#tools, this.#job, spool, {
      signal: this.#stop.signal,
      beforeCommit: async (transaction, applied) => {
        const tally = add(this.#tally, { ...applied, committedRows: applied.createdLeads + applied.mergedLeads });
        const isRunning = await saveProgress(transaction, this.#job.id, tally, this.#errors.waiting());
        const ending = { status: "COMPLETED", failure: null } as const;
        if (!isRunning || (await endImport(transaction, this.#job.id, ending, this.#layout)) === undefined) {
          throw new NoLongerRunning();
        }
      },
    });
    if (outcome.kind === "COMMITTED") return;
    await this.#rolledBack(outcome);
  }

  async #rolledBack({ refused, createdLeads, mergedLeads }: RolledBack): Promise<void> {
    for (const { problem, ...place } of refused) this.#errors.add(place, [problem]);
    this.#tally = add(this.#tally, { failedRows: refused.length });
    if (!this.#job.options.isDryRun) throw rowsInvalid();
    this.#tally = add(this.#tally, { createdLeads, mergedLeads });
    await this.#end();
  }

  async *#read(bytes: AsyncIterable<Buffer>): ReturnType<typeof readFileRows> {
    const { options, defaultCountry, now } = this.#job;
    const onLayout = (layout: FileLayout) => (this.#layout = layout);
    for await (const row of readFileRows(interruptible(bytes, { signal: this.#stop.signal }), {
      options,
      defaultCountry,
      now,
      onLayout,
    })) {
      this.#stop.signal.throwIfAborted();
      yield row;
    }
  }

  async #end(): Promise<void> {
    const { id, scope } = this.#job;
    const waiting = this.#errors.waiting();
    await this.#tools.journal.transaction(scope, async (transaction) => {
      const isRunning = await saveProgress(transaction, id, this.#tally, waiting);
      const ending = { status: "COMPLETED", failure: null } as const;
      if (!isRunning || (await endImport(transaction, id, ending, this.#layout)) === undefined) {
        throw new NoLongerRunning();
      }
    });
    this.#errors.stored(waiting);
  }

  /** Ends the import for a reason. What it has counted and found is stored with it. */
  async fail(failure: ImportFailed["failure"]): Promise<void> {
    const { id, scope } = this.#job;
    await this.#tools.journal.transaction(scope, async (transaction) => {
      if (!(await saveProgress(transaction, id, this.#tally, this.#errors.waiting()))) return;
      await endImport(transaction, id, { status: "FAILED", failure }, this.#layout);
    });
  }

  /** Stores the heartbeat and the counts, and finds out about a cancellation, a few times a second. */
  #startTicking(isStaged: boolean): { stop(): Promise<void> } {
    let tick: Promise<void> | undefined;
    const timer = setInterval(() => {
      tick ??= this.#tick(isStaged).finally(() => (tick = undefined));
    }, tickMs);
    return {
      stop: async () => {
        clearInterval(timer);
        await tick;
      },
    };
  }

  async #tick(isStaged: boolean): Promise<void> {
    const { database } = this.#tools;
    const { id, scope } = this.#job;
    const errors = this.#errors.waiting();
    try {
      // A streamed import's counts belong to its batches: written here, they could run ahead of a roll-back.
      const { result: isRunning } = await database.transaction(scope.tenantId, async (session) =>
        isStaged
          ? (await saveProgress(session, id, this.#tally, errors)) && keepAlive(session, id, this.#layout)
          : keepAlive(session, id, this.#layout),
      );
      if (isStaged && isRunning) this.#errors.stored(errors);
      if (!isRunning) this.#stop.abort(new NoLongerRunning());
    } catch {
      // The database is away for the moment: the work itself will notice, and the next tick tries again.
    }
  }
}

function rowsInvalid(): ImportFailed {
  return new ImportFailed("ROWS_INVALID", "Rows were refused, so nothing was written. The import's errors say which.");
}
