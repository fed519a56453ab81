import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { eventually } from "../../test/live.ts";
import { waitForPostmaster } from "./postmaster-start.ts";

let postgresData: string;
let child: ChildProcess;
let lines: string[];

/** A process that lives until it is told not to, in place of a PostgreSQL that is as slow as the test wants it. */
beforeEach(async () => {
  postgresData = await mkdtemp(join(tmpdir(), "nexora-postmaster-"));
  child = spawn("sleep", ["100"], { stdio: "ignore" });
  lines = [];
});

afterEach(async () => {
  child.kill("SIGKILL");
  await rm(postgresData, { recursive: true });
});

/** The file as PostgreSQL writes it (miscadmin.h, LOCK_FILE_LINE_PM_STATUS). */
const writeState = (state: string, pid = child.pid) =>
  writeFile(
    join(postgresData, "postmaster.pid"),
    `${[pid, postgresData, 1_790_000_000, 5_432, "", "127.0.0.1", "1 2", state.padEnd(8)].join("\n")}\n`,
  );

const wait = (options: { timeoutMs?: number; isInterrupted?: () => boolean } = {}) =>
  waitForPostmaster(child, { postgresData, log: (line) => lines.push(line), tellEveryMs: 30, ...options });

const ended = () =>
  new Promise<void>((resolve) => {
    if (child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });

describe("a PostgreSQL that is slow to start", () => {
  test("is waited for as long as it lives, with a line each few seconds", async () => {
    const ready = wait();
    await eventually(() => lines.length >= 2, "two lines");
    expect(lines[0]).toBe("the embedded PostgreSQL is still starting after 0 s (no state yet)");
    await writeState("starting");
    await eventually(() => lines.at(-1)?.includes("(starting)") === true, "its state");
    await writeState("ready", 1); // of an earlier run
    await eventually(() => lines.at(-1)?.includes("(no state yet)") === true, "another's state isn't believed");
    await writeState("ready");
    expect(await ready).toBeUndefined();
    expect(child.exitCode).toBeNull();
  });

  test("isn't waited for once it has ended", async () => {
    await writeState("starting");
    const failed = wait();
    child.kill("SIGTERM");
    expect(await failed).toBe("it ended with SIGTERM");
  });

  test("is ended at the bound, or when the start is interrupted", async () => {
    await writeState("starting");
    expect(await wait({ timeoutMs: 200 })).toBe("not ready after 0.2 s");
    await ended();
    child = spawn("sleep", ["100"], { stdio: "ignore" });
    expect(await wait({ isInterrupted: () => true })).toBe("the start was interrupted");
    await ended();
  });
});
