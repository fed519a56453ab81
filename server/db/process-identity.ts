import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { errorCode } from "../error-code.ts";

/** Tells a process from a later one that got the same number, also across a restart of the machine or container. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; "" where the system doesn't tell when a process started. */
  readonly startedAt: string;
}

export async function identifyProcess(pid: number): Promise<ProcessIdentity> {
  return { pid, startedAt: await startedAt(pid) };
}

export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return isAlive(identity.pid) && (await startedAt(identity.pid)) === identity.startedAt;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return errorCode(error) === "EPERM";
  }
}

/** The command line with its parts separated by spaces; "" when the process is gone or can't be seen. */
export async function commandLine(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ").trim();
  } catch {
    return ask(pid, "command=");
  }
}

async function startedAt(pid: number): Promise<string> {
  try {
    const [stat, bootId] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
    ]);
    // proc_pid_stat(5): the name in brackets may hold anything; `starttime` is the 20th field after it.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
    return `${bootId.trim()}/${ticks}`;
  } catch {
    return ask(pid, "lstart=");
  }
}

async function ask(pid: number, field: string): Promise<string> {
  if (process.platform === "win32" || process.platform === "linux") return "";
  try {
    return (await promisify(execFile)("ps", ["-o", field, "-p", String(pid)])).stdout.trim();
  } catch {
    return "";
  }
}
