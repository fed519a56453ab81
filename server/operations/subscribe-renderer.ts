import { randomUUID } from "node:crypto";
import type { ExecutionResult } from "graphql";
import type { Lagged } from "../../schema/journal.ts";
import type { FeedUpdate } from "../journal/feed.ts";
import type { Log } from "../log.ts";
import { RunningStatements } from "../db/running-statements.ts";
import { AppError } from "./app-error.ts";
import { type Context, LoaderCache } from "./context.ts";
import type { CursorCodec } from "./cursor.ts";
import type { Executor } from "./executor.ts";
import type { PreparedOperation } from "./prepare-operation.ts";
import type { Principal } from "./principal.ts";
import { isStatementTimeout, publicError } from "./public-error.ts";
import type { FeedMessage } from "./subscribe-message.ts";
import { whileProgressing } from "./while-progressing.ts";

export interface FeedRendererOptions {
  readonly tenantId: string;
  readonly prepared: PreparedOperation;
  /** Stands for all members: has their rights, and nobody's name unless they are one person. */
  readonly principal: Principal;
  readonly executor: Executor;
  readonly cursors: CursorCodec;
  readonly log: Log;
  readonly onExecute: () => void;
  /** How long nothing may come of it, as long as an operation may run. */
  readonly deadlineMs: number;
}

const maxInt = 2_147_483_647n;

/** Whether a feed ends for this: made again at once it would take as long. Its clients come back and go on where they were. */
export function isTooSlow(error: unknown): boolean {
  return error instanceof AppError && error.code === "EXECUTION_TIMEOUT";
}

function tooSlow(cause?: unknown): AppError {
  return new AppError("EXECUTION_TIMEOUT", "An event of this subscription took too long. Select less of it.", {
    cause,
  });
}

/** Executes a subscription's selection on updates and serialises the results. */
export class FeedRenderer {
  readonly #options: FeedRendererOptions;
  #lastCursor: { readonly position: bigint; readonly cursor: string } | undefined;
  readonly #signal = new AbortController().signal;

  constructor(options: FeedRendererOptions) {
    this.#options = options;
  }

  cursorAt(position: bigint): string {
    const { cursors, tenantId } = this.#options;
    // A message's cursor is the next one's previous cursor.
    if (this.#lastCursor?.position !== position) {
      this.#lastCursor = { position, cursor: cursors.encodeEvent({ tenantId, position }) };
    }
    return this.#lastCursor.cursor;
  }

  /** A fresh one for each batch and each execution: a loader that lives longer serves stale rows. */
  context(): Context {
    return {
      principal: this.#options.principal,
      requestId: randomUUID(),
      address: null,
      userAgent: null,
      now: this.#options.executor.now(),
      signal: this.#signal,
      loaders: new LoaderCache(),
    };
  }

  /**
   * Runs what messages come of: reads, executions. Rejects with EXECUTION_TIMEOUT when nothing has come of it for as long as an
   * operation may run. Many entries together may take longer, as long as one after the other is done.
   */
  async within<Result>(work: (progress: () => void) => Promise<Result>): Promise<Result> {
    const statements = new RunningStatements();
    const onStall = () => {
      const error = tooSlow();
      statements.cancel(error);
      return error;
    };
    try {
      return await whileProgressing((progress) => statements.during(() => work(progress)), {
        ms: this.#options.deadlineMs,
        onStall,
      });
    } catch (error) {
      throw isStatementTimeout(error) ? tooSlow(error) : error;
    }
  }

  render(updates: readonly FeedUpdate[], previous: bigint | null): Promise<FeedMessage[]> {
    return this.within((progress) =>
      Promise.all(
        updates.map(async (update, index) => {
          const message = await this.#message(update, updates[index - 1]?.position ?? previous);
          progress();
          return message;
        }),
      ),
    );
  }

  /** Tells that entries were skipped up to a place. */
  lagged({ position, previous, missed }: { position: bigint; previous: bigint; missed: bigint }): Promise<FeedMessage> {
    const value: Lagged = {
      __typename: "Lagged",
      missed: Number(missed < maxInt ? missed : maxInt),
      resumeAt: this.cursorAt(position),
    };
    return this.#message({ position, value }, previous);
  }

  async #message({ position, value }: FeedUpdate, previous: bigint | null): Promise<FeedMessage> {
    const { prepared, executor, onExecute } = this.#options;
    onExecute();
    const context = this.context();
    const result = await executor.execute({ ...prepared, rootValue: value, context });
    const before = previous === null ? null : this.cursorAt(previous);
    const cursor = this.cursorAt(position);
    const { deprecated } = prepared;
    const extensions = { cursor, previous: before, ...(deprecated.length === 0 ? {} : { deprecations: deprecated }) };
    return { position, cursor, json: this.#serialise(result, context, extensions) };
  }

  #serialise({ data, errors }: ExecutionResult, context: Context, extensions: object): string {
    if (errors === undefined) return JSON.stringify({ data, extensions });
    const { log } = this.#options;
    return JSON.stringify({ errors: errors.map((error) => publicError(error, context, log)), data, extensions });
  }
}
