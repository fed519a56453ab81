import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { readPostmaster, signalProcess } from "./postmaster.ts";

export interface PostmasterStartOptions {
  readonly postgresData: string;
  /** Told in one line each few seconds that it is still starting. */
  readonly log: (line: string) => void;
  /** True: nobody waits for it any more. */
  readonly isInterrupted?: () => boolean;
  readonly timeoutMs?: number;
  readonly tellEveryMs?: number;
}

const lookEveryMs = 10;

/**
 * Undefined once it takes connections; otherwise why it doesn't. As long as the process lives it is at work: a busy machine
 * or the recovery of a large log may take minutes, and to end it then would only begin that anew.
 */
export async function waitForPostmaster(
  child: ChildProcess,
  { postgresData, log, isInterrupted, timeoutMs = 600_000, tellEveryMs = 5_000 }: PostmasterStartOptions,
): Promise<string | undefined> {
  let failure: string | undefined;
  child.once("error", (error) => (failure = error.message));
  child.once("exit", (code, signal) => (failure ??= `it ended with ${signal ?? `code ${code}`}`));
  const startedAt = performance.now();
  let toldAt = startedAt;
  for (let now = startedAt; now - startedAt < timeoutMs; now = performance.now()) {
    if (failure !== undefined) return failure;
    const postmaster = await readPostmaster(postgresData);
    const isOurs = postmaster !== undefined && postmaster.pid === child.pid;
    if (isOurs && postmaster.isReady) return undefined;
    if (isInterrupted?.() === true) return stopped(child, "the start was interrupted");
    if (now - toldAt >= tellEveryMs) {
      toldAt = now;
      const state = isOurs ? postmaster.state : "no state yet";
      log(`the embedded PostgreSQL is still starting after ${Math.round((now - startedAt) / 1_000)} s (${state})`);
    }
    await sleep(lookEveryMs);
  }
  return stopped(child, `not ready after ${timeoutMs / 1_000} s`);
}

function stopped({ pid }: ChildProcess, why: string): string {
  if (pid !== undefined) signalProcess(pid, "SIGQUIT");
  return why;
}
