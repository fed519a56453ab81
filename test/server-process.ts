import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { generousPlan } from "./generous-plan.ts";
import { runFolder } from "./run-folder.ts";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm start`'s command as a process of its own, with nothing in its environment but the test's zone and what the test gives. */
export interface ServerProcess extends AsyncDisposable {
  readonly pid: number;
  /** Where it listens, once its banner says that it is ready. Rejects with what it printed when it ends before. */
  readonly ready: Promise<string>;
  readonly ended: Promise<Ended>;
  output(): string;
  signal(signal: NodeJS.Signals): void;
}

export interface Installation extends AsyncDisposable {
  readonly dataDirectory: string;
  start(env?: Readonly<Record<string, string>>): ServerProcess;
  read(file: string): Promise<string>;
}

/** Compiles as `prestart` does: nothing is done when nothing has changed. */
export async function buildServer(): Promise<void> {
  await promisify(execFile)(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"]);
}

/** An empty data folder and the processes that run on it, all gone when it is disposed. */
export async function installation(): Promise<Installation> {
  const folder = await mkdtemp(join(runFolder(), "installation-")); // mode 0700, as a careful operator's folder
  const dataDirectory = join(folder, "data");
  const processes: ServerProcess[] = [];
  return {
    dataDirectory,
    start(env = {}) {
      const server = startProcess({
        NEXORA_DATA: dataDirectory,
        PORT: "0",
        HOST: "127.0.0.1",
        PLANS: generousPlan,
        ...env,
      });
      processes.push(server);
      return server;
    },
    read: (file) => readFile(join(dataDirectory, file), "utf8"),
    async [Symbol.asyncDispose]() {
      for (const server of processes) await server[Symbol.asyncDispose]();
      killPostgres(await readPostmasterPid(dataDirectory));
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

export async function readPostmasterPid(dataDirectory: string): Promise<number | undefined> {
  const text = await readFile(join(dataDirectory, "postgres", "postmaster.pid"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : Number.parseInt(text, 10);
}

function killPostgres(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, "SIGQUIT");
  } catch {
    // ended already
  }
}

function startProcess(env: Readonly<Record<string, string>>): ServerProcess {
  const child = spawn(process.execPath, ["dist/server/start.js"], {
    env: { PATH: process.env["PATH"], TZ: process.env["TZ"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((settle) => {
    child.once("close", (code, signal) => settle({ code, signal, stdout, stderr }));
  });
  const ready = waitForBanner(child, () => stdout + stderr);
  ready.catch(() => undefined); // a test that expects a failure looks at `ended`
  return {
    pid: child.pid ?? 0,
    ready,
    ended,
    output: () => stdout + stderr,
    signal: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      const limit = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(limit);
    },
  };
}

async function waitForBanner(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const url = /ready in [\s\S]*?GraphQL\s+(http:\/\/[^/\s]+)\/graphql/.exec(output())?.[1];
    if (url !== undefined) return url;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended: ${output()}`);
    await sleep(20);
  }
}
