// `npm test`: everything that a fresh machine needs, then jest, then one line that a person and a script can read.
// Arguments go to jest: npm test -- server/leads
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { countsFileName, type TestCounts } from "./count-reporter.ts";
import { removeRunFolder, runFolder } from "./run-folder.ts";
import { ensureSystemPrograms } from "./system-programs.ts";

/** Two free cores need some 16 minutes. */
const runTimeoutMs = 25 * 60_000;
/** From the last result to the end of jest's process. Longer means that something was left open. */
const exitTimeoutMs = 60_000;

const root = fileURLToPath(new URL("..", import.meta.url));
const countsPath = join(runFolder(), countsFileName);

function readCounts(): TestCounts {
  try {
    return JSON.parse(readFileSync(countsPath, "utf8")) as TestCounts; // written by count-reporter.ts
  } catch {
    return { passed: 0, failed: 0, skipped: 0, isComplete: false }; // no test file has ended yet
  }
}

function startJest(): ChildProcess {
  return spawn(
    process.execPath,
    [
      ...["--import", "tsx"],
      "--single-threaded-gc", // the workers take all cores anyway
      "node_modules/jest/bin/jest.js",
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: "inherit" },
  );
}

/** Resolves with jest's exit code, or 1 when it had to be stopped. */
function finish(jest: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const stop = (reason: string): void => {
      console.error(reason);
      jest.kill("SIGTERM"); // global-setup.ts stops the services then
      setTimeout(() => jest.kill("SIGKILL"), 15_000).unref();
    };
    const limit = setTimeout(() => stop(`The tests took longer than ${runTimeoutMs / 60_000} minutes.`), runTimeoutMs);
    let completedAt: number | undefined;
    const watch = setInterval(() => {
      if (completedAt === undefined && readCounts().isComplete) completedAt = Date.now();
      if (completedAt === undefined || Date.now() - completedAt < exitTimeoutMs) return;
      clearInterval(watch);
      stop("All tests have ended, but jest hasn't: a test left something open.");
    }, 1_000);
    // A terminal sends Ctrl-C to jest as well; `kill` doesn't.
    process.on("SIGINT", () => undefined);
    process.on("SIGTERM", () => jest.kill("SIGTERM"));
    jest.once("error", reject);
    jest.once("exit", (code) => {
      clearTimeout(limit);
      clearInterval(watch);
      resolve(code ?? 1);
    });
  });
}

let exitCode = 1;
try {
  ensureSystemPrograms();
  exitCode = await finish(startJest());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
const { passed, failed, skipped } = readCounts();
await removeRunFolder();
// A run that failed before or after its tests has failed, too.
const failures = exitCode === 0 ? failed : Math.max(failed, 1);
console.log(`${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(exitCode);
