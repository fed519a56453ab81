import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "./log.ts";

/** Something that has to end in order before the process may. */
export interface ShutdownStep {
  readonly name: string;
  /** Finishes what is running. */
  stop(): Promise<void>;
  /** Ends it without waiting. */
  stopNow?(): void;
}

// In a terminal Ctrl-C reaches npm and us, and npm passes it on: the second one isn't a person's impatience.
const echoMs = 1_000;

// Beyond the time that running operations get: closing connections, PostgreSQL's last checkpoint.
const closingMs = 25_000;

/** Thrown in the middle of a start that somebody has interrupted. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Ends the process: once in order, what was started last first; at once when it is asked a second time. */
export class Shutdown {
  readonly #steps: ShutdownStep[] = [];
  readonly #log: Log;
  readonly #drainMs: number;
  #requestedAt: number | undefined;
  #isReady = false;
  #ending: Promise<void> | undefined;

  constructor(log: Log, drainMs: number) {
    this.#log = log;
    this.#drainMs = drainMs;
  }

  /** SIGHUP: the terminal was closed. */
  listen(): void {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => this.#request(signal));
    process.on("uncaughtException", (error) => {
      this.#log.fatal({ err: error }, "uncaught exception");
      void this.end(1);
    });
  }

  add(step: ShutdownStep): void {
    this.#steps.unshift(step);
  }

  /** A start that was interrupted goes on to its next step, and no further. */
  throwIfRequested(): void {
    if (this.isRequested) throw new Interrupted("interrupted");
  }

  get isRequested(): boolean {
    return this.#requestedAt !== undefined;
  }

  get isEnding(): boolean {
    return this.#ending !== undefined;
  }

  /** Stops everything in order and leaves; a step that hangs can't keep the process. */
  end(exitCode: number): Promise<void> {
    this.#ending ??= this.#end(exitCode);
    return this.#ending;
  }

  /** From here on a signal ends the process by itself; before, the start looks at it between two steps. */
  ready(): void {
    this.throwIfRequested();
    this.#isReady = true;
  }

  #request(signal: NodeJS.Signals): void {
    const now = performance.now();
    if (this.#requestedAt === undefined) {
      this.#requestedAt = now;
      this.#log.info({ signal }, "stopping: running operations are finished first");
      if (this.#isReady) void this.end(0);
      return;
    }
    if (now - this.#requestedAt < echoMs) return;
    this.#log.warn({ signal }, "stopping at once");
    this.#leave(1);
  }

  async #end(exitCode: number): Promise<void> {
    const limitMs = this.#drainMs + closingMs;
    const isDone = await Promise.race([this.#stopAll(), sleep(limitMs, false)]);
    if (!isDone) this.#log.error({ limitMs }, "not everything stopped in time");
    this.#leave(isDone ? exitCode : 1);
  }

  async #stopAll(): Promise<true> {
    for (let step = this.#steps[0]; step !== undefined; step = this.#steps[0]) {
      try {
        await step.stop();
      } catch (error) {
        this.#log.error({ err: error, step: step.name }, "didn't stop cleanly");
      }
      this.#steps.shift();
    }
    return true;
  }

  #leave(exitCode: number): never {
    for (const step of this.#steps) step.stopNow?.();
    process.exit(exitCode);
  }
}
