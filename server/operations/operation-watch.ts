import { Bag, type Bagged } from "../bag.ts";
import type { RunningStatements } from "../db/running-statements.ts";
import { AppError } from "./app-error.ts";
import type { Context } from "./context.ts";

export interface WatchOptions {
  readonly context: Pick<Context, "signal" | "abort">;
  readonly statements: RunningStatements;
  /** Ended when nobody waits for it any more. A mutation isn't: its caller may have sent it and gone. */
  readonly isQuery: boolean;
  /** The error at the deadline. */
  readonly timeout: () => AppError;
  /** Called when the work has really ended, however long that takes. */
  readonly onEnd: () => void;
}

interface Watched extends WatchOptions, Bagged {
  readonly startedMs: number;
  readonly giveUp: (error: Error) => void;
  /** Once its deadline has passed. */
  error?: Error;
}

const lookEveryMs = 50;

/** Most operations end sooner, so that nobody has to ask whether their callers are still there. */
const slowAfterMs = 250;

/** What was told to stop may take this long to do so: its own end says best how it ended. */
const graceMs = 1_000;

/**
 * Waits for operations, and ends each at its deadline: its signal aborts, its statements are cancelled. One timer looks after
 * all of them, and only while some run.
 */
export class OperationWatch {
  readonly #deadlineMs: number;
  readonly #running = new Bag<Watched>();
  #timer: NodeJS.Timeout | undefined;

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
  }

  /** As the work ends; rejects when it hasn't noticed its deadline a while after that. */
  watch<Result>(work: Promise<Result>, options: WatchOptions): Promise<Result> {
    return new Promise((resolve, reject) => {
      const watched: Watched = { ...options, place: 0, startedMs: performance.now(), giveUp: reject };
      this.#running.add(watched);
      this.#timer ??= setInterval(() => this.#look(), lookEveryMs);
      work.then(
        (result) => {
          this.#end(watched);
          resolve(result);
        },
        (error: unknown) => {
          this.#end(watched);
          reject(error as Error);
        },
      );
    });
  }

  #end(watched: Watched): void {
    this.#running.delete(watched);
    watched.onEnd();
  }

  #look(): void {
    if (this.#running.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const nowMs = performance.now();
    for (const watched of this.#running.items()) {
      const ranMs = nowMs - watched.startedMs;
      if (ranMs >= this.#deadlineMs + graceMs) this.#giveUp(watched);
      else if (ranMs >= this.#deadlineMs) stop(watched);
      else if (ranMs >= slowAfterMs) endIfGone(watched);
    }
  }

  #giveUp(watched: Watched): void {
    stop(watched);
    this.#running.delete(watched);
    if (watched.error !== undefined) watched.giveUp(watched.error);
  }
}

function stop(watched: Watched): void {
  if (watched.error !== undefined) return;
  watched.error = watched.timeout();
  watched.statements.cancel(watched.error);
  watched.context.abort?.(watched.error);
}

function endIfGone({ isQuery, context, statements }: Watched): void {
  if (isQuery && context.signal.aborted) statements.cancel(new AppError("UNAVAILABLE", "The caller has gone."));
}
