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

/** Runs the mutation of an import for one line at a time, as a request with the line's key would. */
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

  /** Throws LineBroken when what came of it isn't certain. */
  async run(line: ImportLine | BadLine): Promise<LineResult> {
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
      now: new Date(),
      signal: this.#signal,
      idempotencyKey: line.key,
    });
    const variables = { [variable]: line.input };
    const { data, errors } = await this.#tools.engine.execute({ document, operationName: null, variables, context });
    if (errors !== undefined && errors.length > 0) {
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
