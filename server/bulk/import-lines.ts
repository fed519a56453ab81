import { setImmediate as turn } from "node:timers/promises";
import type { Inside } from "../db/bound-session.ts";
import { Gathering, type Place, PutOff } from "../operations/gathering.ts";
import { publicError } from "../operations/public-error.ts";
import { runContext } from "./bulk-context.ts";
import { HandedOver } from "./bulk-failure.ts";
import { type OperationRow, principalOf } from "./bulk-row.ts";
import type { BulkTools } from "./bulk-tools.ts";
import { type BadLine, type ImportLine, isBad } from "./import-line.ts";
import { type ImportPlan, ownUserErrors } from "./import-plan.ts";
import type { LineResult } from "./import-result.ts";

/** What a line may meet that isn't its own fault: then the transaction that it is a part of can't be trusted any more. */
const unexpected: ReadonlySet<string> = new Set(["INTERNAL", "UNAVAILABLE", "EXECUTION_TIMEOUT"]);

/** A line met something unexpected. Its result stands for it when it was alone. */
export class LineBroken extends Error {
  override readonly name = "LineBroken";
  readonly result: LineResult;

  constructor(result: LineResult) {
    super("a line met something unexpected");
    this.result = result;
  }
}

type Line = ImportLine | BadLine;

/** Lines that are begun before others get a turn. */
const linesPerTurn = 10;

/** Runs the mutation of an import for lines, as requests with their keys would one after the other. */
export class ImportLines {
  readonly #tools: BulkTools;
  readonly #row: OperationRow;
  readonly #plan: ImportPlan;
  readonly #signal: AbortSignal;

  constructor(tools: BulkTools, row: OperationRow, plan: ImportPlan, signal: AbortSignal) {
    this.#tools = tools;
    this.#row = row;
    this.#plan = plan;
    this.#signal = signal;
  }

  /**
   * Runs lines in the transaction of `inside`. Throws LineBroken, or what a statement met, when what came of a line isn't certain:
   * then nothing of that transaction may stay.
   */
  async run(lines: readonly Line[], inside: Inside): Promise<LineResult[]> {
    const results: LineResult[] = [];
    let size = this.#plan.isGathered ? lines.length : 1;
    while (results.length < lines.length) {
      const some = lines.slice(results.length, results.length + size);
      const done = await inside(() => (some.length > 1 ? this.#together(some) : this.#alone(some)));
      results.push(...done);
      // Lines about one and the same thing follow each other: as many at once as got on the last time, and more.
      if (this.#plan.isGathered) size = Math.max(1, done.length * 2);
    }
    return results;
  }

  async #alone(lines: readonly Line[]): Promise<LineResult[]> {
    const results: LineResult[] = [];
    for (const line of lines) results.push(await this.#run(line, this.#tools.engine.now()));
    return results;
  }

  /** The results of the lines before the first one that has to wait for one of them; at least one. */
  async #together(lines: readonly Line[]): Promise<LineResult[]> {
    const gathering = new Gathering(lines.length);
    const now = this.#tools.engine.now();
    const running: Promise<LineResult>[] = [];
    for (const [index, line] of lines.entries()) {
      if (index % linesPerTurn === linesPerTurn - 1) await turn();
      const ended = this.#run(line, now, gathering.place(index)).finally(() => gathering.leave(index));
      ended.catch(() => undefined); // it may be over before the last one has begun, which is when we look
      running.push(ended);
    }
    const settled = await Promise.allSettled(running);
    if (gathering.failure !== undefined) throw gathering.failure;
    return settled.slice(0, gathering.firstPutOff).map((each) => {
      if (each.status === "rejected") throw each.reason;
      return each.value;
    });
  }

  async #run(line: Line, now: Date, place?: Place): Promise<LineResult> {
    this.#signal.throwIfAborted();
    const { key } = line;
    if (isBad(line)) {
      const { message } = line;
      return { line: line.line, key, status: "REFUSED", errors: [{ message, code: "BAD_USER_INPUT" }] };
    }
    const { document, variable } = this.#plan;
    const context = runContext({
      principal: principalOf(this.#row),
      requestId: this.#row.request_id,
      now,
      signal: this.#signal,
      idempotencyKey: line.key,
      ...(place === undefined ? {} : { place }),
    });
    const variables = { [variable]: line.input };
    const { data, errors } = await this.#tools.engine.execute({ document, operationName: null, variables, context });
    if (errors !== undefined && errors.length > 0) {
      for (const { originalError } of errors) if (originalError instanceof PutOff) throw originalError;
      const told = errors.map((error) => publicError(error, context, this.#tools.log));
      const failed = told.map(({ message, extensions }) => ({ message, code: String(extensions?.["code"]) }));
      const result = { line: line.line, key, status: "FAILED", errors: failed } as const;
      this.#signal.throwIfAborted();
      if (failed.some(({ code }) => code === "UNAVAILABLE")) throw new HandedOver("the database is away");
      if (failed.some(({ code }) => unexpected.has(code))) throw new LineBroken(result);
      return result;
    }
    const isReplayed = (context.keyedMutation?.replayed.length ?? 0) > 0;
    return { line: line.line, key, ...this.#outcome(data?.[this.#plan.key], isReplayed) };
  }

  #outcome(payload: unknown, isReplayed: boolean): Pick<LineResult, "status" | "data" | "userErrors"> {
    const { [ownUserErrors]: userErrors, ...data } = payload as Record<string, unknown>; // payloads are never null
    if (Array.isArray(userErrors) && userErrors.length > 0) return { status: "REFUSED", data, userErrors };
    return { status: isReplayed ? "REPLAYED" : "DONE", data };
  }
}
