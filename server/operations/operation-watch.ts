import type { RunningStatements } from "../db/running-statements.ts";
import { AppError } from "./app-error.ts";
import type { Context } from "./context.ts";

export interface WatchOptions {
  readonly context: Pick<Context, "signal" | "abort">;
  readonly statements: RunningStatements;
  readonly deadlineMs: number;
  /** Ended when nobody waits for it any more. A mutation isn't: its caller may have sent it and gone. */
  readonly isQuery: boolean;
  /** The error at the deadline. */
  readonly timeout: () => AppError;
}

/** Most operations end sooner, and cost one timer. */
const slowAfterMs = 250;

/** What was told to stop may take this long to do so: its own end says best how it ended. */
const graceMs = 1_000;

/**
 * Waits for an operation, and ends it at its deadline: its signal aborts, its statements are cancelled. Rejects when it
 * hasn't noticed a while after that.
 */
export function watchOperation<Result>(
  work: Promise<Result>,
  { context, statements, deadlineMs, isQuery, timeout }: WatchOptions,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const { signal } = context;
    let isListening = false;
    const onGone = () => statements.cancel(new AppError("UNAVAILABLE", "The caller has gone."));
    const beforeDeadlineMs = Math.min(slowAfterMs, deadlineMs);
    let timer = setTimeout(() => {
      if (isQuery && signal.aborted) onGone();
      if (isQuery) signal.addEventListener("abort", onGone, { once: true });
      isListening = isQuery;
      timer = setTimeout(onDeadline, deadlineMs - beforeDeadlineMs);
    }, beforeDeadlineMs);
    const onDeadline = () => {
      const error = timeout();
      statements.cancel(error);
      context.abort?.(error);
      timer = setTimeout(() => settle(() => reject(error)), graceMs);
    };
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      if (isListening) signal.removeEventListener("abort", onGone);
      finish();
    };
    work.then(
      (result) => settle(() => resolve(result)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}
