import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "../error-code.ts";
import { StartupError } from "../startup-error.ts";
import { readIfExists } from "./data-directory.ts";
import { commandLine, isAlive } from "./process-identity.ts";

interface Postmaster {
  readonly pid: number;
  /** "starting", "ready", "stopping"; "" in its first moments. */
  readonly state: string;
  readonly isReady: boolean;
}

/** What PostgreSQL itself writes into postmaster.pid: pid, folder, start, port, …, and its state on line 8. */
export async function readPostmaster(postgresData: string): Promise<Postmaster | undefined> {
  const lines = (await readIfExists(join(postgresData, "postmaster.pid")))?.split("\n");
  const pid = Number(lines?.[0]);
  const state = lines?.[7]?.trim() ?? "";
  return Number.isInteger(pid) && pid > 0 ? { pid, state, isReady: state === "ready" } : undefined;
}

/**
 * A PostgreSQL whose Nexora was killed goes on alone. Call it only with the lock of the data folder in hand, which proves
 * that nobody uses it: it is stopped, so that the new one is our child and has our settings.
 */
export async function stopOrphan(postgresData: string): Promise<number | undefined> {
  const orphan = await readPostmaster(postgresData);
  if (orphan === undefined) return undefined;
  if (!isAlive(orphan.pid) || !(await isPostmasterOf(orphan.pid, postgresData))) {
    // PostgreSQL ignores the file of a dead process by itself, but not when another process has got its number since.
    await rm(join(postgresData, "postmaster.pid"), { force: true });
    return undefined;
  }
  // Fast shutdown, then immediate shutdown (the log is replayed at the next start), then the hard way.
  for (const [signal, patienceMs] of [
    ["SIGINT", 5_000],
    ["SIGQUIT", 2_000],
    ["SIGKILL", 1_000],
  ] as const) {
    signalProcess(orphan.pid, signal);
    if (await isGoneWithin(orphan.pid, patienceMs)) return orphan.pid;
  }
  throw new StartupError(`a PostgreSQL of an earlier run (pid ${orphan.pid}) doesn't stop: end it, then start again`);
}

/** The process may end between our look and our signal. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== "ESRCH") throw error;
  }
}

async function isPostmasterOf(pid: number, postgresData: string): Promise<boolean> {
  const command = await commandLine(pid);
  return command.includes("postgres") && command.includes(postgresData);
}

async function isGoneWithin(pid: number, patienceMs: number): Promise<boolean> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(20)) {
    if (!isAlive(pid) || (await isZombie(pid))) return true;
  }
  return false;
}

/** In a container without an init process nobody collects an orphan: it stays as an entry without a command line. */
async function isZombie(pid: number): Promise<boolean> {
  const stat = await readIfExists(`/proc/${pid}/stat`);
  return stat !== undefined && stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
}
