import { createHash } from "node:crypto";
import type { Session } from "../db/session.ts";
import { type FileLine, readLines } from "../operations/text-lines.ts";
import { type ChunkProgress, readFile, sizeOf, storeChunk } from "./bulk-chunks.ts";
import { BulkFailed, HandedOver, NoLongerRunning } from "./bulk-failure.ts";
import { Lease } from "./bulk-lease.ts";
import type { OperationRow } from "./bulk-row.ts";
import { endOperation, type Holding } from "./bulk-store.ts";
import { type BulkTools, holdingOf, scopeOf } from "./bulk-tools.ts";
import { type BadLine, type ImportLine, isBad, readLine } from "./import-line.ts";
import { ImportLines, LineBroken } from "./import-lines.ts";
import { planImport } from "./import-plan.ts";
import { hasFailed, type LineResult, toText, undone } from "./import-result.ts";

/** Lines that are committed together. Their locks are held that long, so not too many. */
const batchLines = 100;
/** Lines of an import of all or nothing: they are one transaction, with the locks of all of them. */
export const maxWholeLines = 1_000;
/** How often an import of all or nothing begins anew, when it has met others. */
const maxWholeAttempts = 3;

type Line = ImportLine | BadLine;

/** Runs one import to its end, and ends it. Throws as runExport does. */
export async function runImport(tools: BulkTools, row: OperationRow, stopping: AbortSignal): Promise<void> {
  await using lease = new Lease(tools.database, holdingOf(row));
  const run = new ImportRun(tools, row, AbortSignal.any([stopping, lease.signal]));
  await (row.error_policy === "ALL_OR_NOTHING" ? run.whole() : run.inBatches());
}

class ImportRun {
  readonly #tools: BulkTools;
  readonly #row: OperationRow;
  readonly #holding: Holding;
  readonly #lines: ImportLines;
  readonly #signal: AbortSignal;
  /** What is written: an earlier process may have come this far. */
  #progress: ChunkProgress;
  #size: number;

  constructor(tools: BulkTools, row: OperationRow, signal: AbortSignal) {
    this.#tools = tools;
    this.#row = row;
    this.#holding = holdingOf(row);
    this.#lines = new ImportLines(tools, row, planImport(tools.engine, row.document), signal);
    this.#signal = signal;
    this.#progress = { processedRows: row.processed_rows, failedRows: row.failed_rows };
    this.#size = Number(row.size);
  }

  /** A batch's changes, results and progress are one transaction: whoever goes on after a crash knows what is done. */
  async inBatches(): Promise<void> {
    let batch: Line[] = [];
    for await (const line of this.#read(this.#progress.processedRows)) {
      batch.push(line);
      if (batch.length < batchLines) continue;
      await this.#commit(batch);
      batch = [];
    }
    if (batch.length > 0) await this.#commit(batch);
    const sha256 = await this.#hash();
    const { journal } = this.#tools;
    await journal.transaction(scopeOf(this.#row), async (transaction) => {
      const ended = await endOperation(transaction, this.#holding, { status: "COMPLETED", sha256 });
      if (ended === undefined) throw new NoLongerRunning();
    });
  }

  async #commit(lines: readonly Line[]): Promise<void> {
    try {
      const results = await this.#tools.batches.run(this.#holding.tenantId, async (session, inside) => {
        const all = await this.#lines.run(lines, inside);
        await this.#store(session, all);
        return all;
      });
      this.#stored(results);
    } catch (error) {
      if (lines.length > 1 && !isOurs(error)) {
        // Something that no line expects, such as two that wait for each other's rows: alone each of them finds its way.
        for (const line of lines) await this.#commit([line]);
        return;
      }
      if (!(error instanceof LineBroken)) throw error;
      const results = [error.result];
      await this.#tools.database.read(this.#holding.tenantId, (session) => this.#store(session, results));
      this.#stored(results);
    }
  }

  /** All lines are one transaction, which is undone when one of them is refused. */
  async whole(): Promise<void> {
    const lines: Line[] = [];
    const keys = new Map<string | null, number>();
    for await (const line of this.#read(0)) {
      if (lines.length === maxWholeLines) {
        throw new BulkFailed("TOO_MANY_LINES", `With ALL_OR_NOTHING a file has at most ${maxWholeLines} lines.`);
      }
      const first = isBad(line) ? undefined : keys.get(line.key);
      keys.set(line.key, first ?? line.line);
      // The result of the first one will be stored with all of them, so this one could neither be run nor replayed.
      lines.push(
        first === undefined ? line : { line: line.line, key: line.key, message: `Line ${first} has the same key.` },
      );
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#applyWhole(lines);
      } catch (error) {
        if (error instanceof Undone) return this.#refuseWhole(error.results);
        if (isOurs(error) || attempt === maxWholeAttempts) throw error;
      }
    }
  }

  async #applyWhole(lines: readonly Line[]): Promise<void> {
    const { batches, journal } = this.#tools;
    const scope = scopeOf(this.#row);
    await batches.run(scope.tenantId, async (session, inside) => {
      const results: LineResult[] = [];
      for (let done = 0; done < lines.length; done += batchLines) {
        results.push(...(await this.#lines.run(lines.slice(done, done + batchLines), inside)));
      }
      if (results.some(hasFailed)) throw new Undone(results);
      await this.#store(session, results);
      const sha256 = sha256Of(toText(results));
      await inside(() =>
        journal.transaction(scope, async (transaction) => {
          const ended = await endOperation(transaction, this.#holding, { status: "COMPLETED", sha256 });
          if (ended === undefined) throw new NoLongerRunning();
        }),
      );
    });
  }

  async #refuseWhole(results: readonly LineResult[]): Promise<void> {
    const { database } = this.#tools;
    await database.read(this.#holding.tenantId, (session) => this.#store(session, undone(results)));
    throw new BulkFailed("LINES_REFUSED", "Lines were refused, so nothing was written. The result says which.");
  }

  async #store(session: Session, results: readonly LineResult[]): Promise<void> {
    const chunk = { file: "RESULT", start: this.#size, bytes: Buffer.from(toText(results)) } as const;
    if (chunk.bytes.length > 0) await storeChunk(session, this.#holding, chunk, this.#after(results));
  }

  #after(results: readonly LineResult[]): ChunkProgress {
    const { processedRows, failedRows } = this.#progress;
    return {
      processedRows: processedRows + results.length,
      failedRows: failedRows + results.filter(hasFailed).length,
    };
  }

  #stored(results: readonly LineResult[]): void {
    this.#size += Buffer.byteLength(toText(results));
    this.#progress = this.#after(results);
  }

  /** The file's lines behind those that are done. */
  async *#read(done: number): AsyncGenerator<Line> {
    const { tenantId, id } = this.#holding;
    const { database } = this.#tools;
    const to = await sizeOf(database, tenantId, id, "UPLOAD");
    let skipped = 0;
    for await (const line of readLines(texts(readFile(database, tenantId, { id, file: "UPLOAD", from: 0, to })))) {
      if (skipped < done) skipped += 1;
      else yield readLine(line satisfies FileLine);
    }
  }

  async #hash(): Promise<string> {
    const { tenantId, id } = this.#holding;
    const hash = createHash("sha256");
    const bytes = readFile(this.#tools.database, tenantId, { id, file: "RESULT", from: 0, to: this.#size });
    for await (const piece of bytes) {
      this.#signal.throwIfAborted();
      hash.update(piece);
    }
    return hash.digest("hex");
  }
}

/** Takes a transaction back, and says why. */
class Undone extends Error {
  readonly results: readonly LineResult[];

  constructor(results: readonly LineResult[]) {
    super("lines were refused");
    this.results = results;
  }
}

/** Whether the run itself is to end, whatever the lines do. */
function isOurs(error: unknown): boolean {
  return error instanceof BulkFailed || error instanceof NoLongerRunning || error instanceof HandedOver;
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** UTF-8; what isn't becomes a replacement character in its line, and no line moves by it. */
async function* texts(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
