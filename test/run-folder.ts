import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const variable = "NEXORA_TEST_FOLDER"; // jest.config.ts reads it, too
const pidFileNames = ["postmaster.pid", "redis.pid"];
let isOurs = false;

/** The folder of this run, with all that it writes and with the process ids of what it starts. */
export function runFolder(): string {
  const existing = process.env[variable];
  if (existing !== undefined) return existing;
  const folder = mkdtempSync(join(tmpdir(), "nexora-test-"));
  chmodSync(folder, 0o711); // as root PostgreSQL runs as another user, who has to get to its data
  isOurs = true;
  process.env[variable] = folder;
  return folder;
}

/**
 * For the process that made it. Also ends what jest, stopped in the middle, left behind: both programs remove their file
 * when they end by themselves.
 */
export async function removeRunFolder(): Promise<void> {
  if (!isOurs) return;
  const folder = runFolder();
  const isRunning = (): boolean => runningIn(folder).length > 0;
  for (const signal of ["SIGINT", "SIGKILL"] as const) {
    for (const pid of runningIn(folder)) signalIfAlive(pid, signal);
    for (let waits = 0; isRunning() && waits < 50; waits += 1) await sleep(100);
  }
  rmSync(folder, { recursive: true, force: true });
}

function runningIn(folder: string): number[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => pidFileNames.some((name) => path.endsWith(name)))
    .map((path) => Number.parseInt(readFileSync(join(folder, path), "utf8"), 10))
    .filter((pid) => pid > 0 && signalIfAlive(pid, 0));
}

/** Signal 0 only asks. */
function signalIfAlive(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
