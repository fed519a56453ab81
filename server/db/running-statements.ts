import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";
import { cancelStatement } from "./cancel-statement.ts";

/** A connection is asked again to stop, ever more rarely: several statements may have been sent to it together. */
const firstRepeatMs = 50;
const lastRepeatMs = 10_000;

const current = new AsyncLocalStorage<RunningStatements>();

/** What one operation does in the database, however deep in services: how much it was, and a way to end it. */
export class RunningStatements {
  /** How many statements were sent. */
  count = 0;
  #connections: Set<pg.ClientBase> | undefined;
  #reason: Error | undefined;
  readonly #listeners: ((reason: Error) => void)[] = [];

  /** Those of the present work; undefined where nobody counts them, as in background jobs. */
  static current(): RunningStatements | undefined {
    return current.getStore();
  }

  /** Statements of the work belong to these. */
  during<Result>(work: () => Result): Result {
    return current.run(this, work);
  }

  get isCancelled(): boolean {
    return this.#reason !== undefined;
  }

  /** Why they were cancelled. */
  get reason(): Error | undefined {
    return this.#reason;
  }

  /** Calls back when they are cancelled; what it returns takes that back. */
  onGone(listener: (reason: Error) => void): () => void {
    this.#listeners.push(listener);
    return () => {
      const index = this.#listeners.indexOf(listener);
      if (index >= 0) this.#listeners.splice(index, 1);
    };
  }

  throwIfCancelled(): void {
    if (this.#reason !== undefined) throw this.#reason;
  }

  /** Ends what runs, and lets nothing else begin: whoever still tries gets the reason. */
  cancel(reason: Error): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    for (const listener of this.#listeners.splice(0)) listener(reason);
    this.#cancelRunning(firstRepeatMs);
  }

  hold(connection: pg.ClientBase): void {
    this.#connections ??= new Set();
    this.#connections.add(connection);
  }

  letGo(connection: pg.ClientBase): void {
    this.#connections?.delete(connection);
  }

  #cancelRunning(repeatMs: number): void {
    if (this.#connections === undefined || this.#connections.size === 0) return;
    for (const connection of this.#connections) cancelStatement(connection);
    if (repeatMs <= lastRepeatMs) setTimeout(() => this.#cancelRunning(repeatMs * 2), repeatMs).unref();
  }
}
