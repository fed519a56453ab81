import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { lockDataDirectory, openDataDirectory, readOrCreatePrivateFile } from "./data-directory.ts";
import { identifyProcess } from "./process-identity.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nexora-folder-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const deadPid = 4_194_304; // one above Linux' highest

describe("the lock of the data folder", () => {
  it("is refused while its process lives, and free after its release", async () => {
    const lock = await lockDataDirectory(folder);
    await expect(lockDataDirectory(folder)).rejects.toThrow(
      `already running on the data folder ${folder} (pid ${process.pid})`,
    );
    await lock.release();
    await (await lockDataDirectory(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ["of a process that is gone", () => JSON.stringify({ pid: deadPid, startedAt: "" })],
    ["of an earlier process with our number", () => JSON.stringify({ pid: process.pid, startedAt: "boot/1" })],
    ["that was cut short", () => '{"pid":1'],
    ["that is empty", () => ""],
  ])("is taken over from a lock %s", async (_, text) => {
    await writeFile(join(folder, "nexora.pid"), text());
    const lock = await lockDataDirectory(folder);
    expect(JSON.parse(await readFile(join(folder, "nexora.pid"), "utf8"))).toMatchObject({
      ...(await identifyProcess(process.pid)),
    });
    await lock.release();
  });

  it("has one winner among many that find the same stale lock", async () => {
    await writeFile(join(folder, "nexora.pid"), JSON.stringify({ pid: deadPid, startedAt: "" }));
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataDirectory(folder)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await readdir(folder)).toEqual(["nexora.pid"]);
  });
});

describe("the data folder", () => {
  it("is made with the folders above it, and refused in one line where it can't be", async () => {
    await openDataDirectory(join(folder, "a", "b"));
    expect((await stat(join(folder, "a", "b"))).mode & 0o066).toBe(0);
    await writeFile(join(folder, "file"), "");
    await expect(openDataDirectory(join(folder, "file", "below"))).rejects.toThrow(
      /^the data folder .+ can't be written/,
    );
  });

  it("gives all that start at once the same secret, readable by its owner only", async () => {
    const file = join(folder, "secret");
    const texts = await Promise.all(
      Array.from({ length: 20 }, (_, index) => readOrCreatePrivateFile(file, () => `secret ${index}`)),
    );
    expect(new Set(texts).size).toBe(1);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["secret"]);
  });
});
