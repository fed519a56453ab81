import { randomBytes, randomUUID } from "node:crypto";
import { access, chown, constants, link, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { userInfo } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { identifyProcess, isRunning, type ProcessIdentity } from "./process-identity.ts";
import { errorCode } from "../error-code.ts";
import { StartupError } from "../startup-error.ts";

/** Makes the folder, or says in one line why it can't be used. */
export async function openDataDirectory(path: string): Promise<void> {
  try {
    // As root PostgreSQL runs as another user, who has to get through; each file inside is private by its own mode.
    await makeFolder(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    // access() is true for root even where the file system is read-only or full.
    const probe = join(path, `.probe-${process.pid}`);
    await writeFile(probe, "");
    await rm(probe);
  } catch (error) {
    throw new StartupError(
      `the data folder ${path} can't be written by the user ${userName()} (${errorCode(error)}): ` +
        "give it to that user, or set NEXORA_DATA to another folder",
    );
  }
}

/** `mkdir({ recursive: true })` never returns where a folder exists in which none can be made, such as /proc. */
async function makeFolder(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, mode);
  } catch (error) {
    const parent = dirname(path);
    if (errorCode(error) === "ENOENT" && parent !== path && (await isMissing(parent))) {
      await makeFolder(parent, mode);
      await mkdir(path, mode);
    } else if (errorCode(error) !== "EEXIST") throw error;
  }
}

async function isMissing(path: string): Promise<boolean> {
  return access(path).then(
    () => false,
    (error: unknown) => errorCode(error) === "ENOENT",
  );
}

/** Writes a file that only the owner can read, so that a reader sees all of it or none. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(temporary, text, { mode: 0o600, flush: true });
  await giveToFolderOwner(temporary);
  await rename(temporary, path);
}

/** What root writes into a user's folder is the user's: the next start may be his. */
export async function giveToFolderOwner(path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dirname(path));
  if (uid !== 0) await chown(path, uid, gid);
}

/** Creates it unless another process was faster; either way returns what the file holds. */
export async function readOrCreatePrivateFile(path: string, create: () => string): Promise<string> {
  const existing = await readIfExists(path);
  if (existing !== undefined) return existing;
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(temporary, create(), { mode: 0o600, flush: true });
  await giveToFolderOwner(temporary);
  try {
    await link(temporary, path); // unlike rename, refuses to replace
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  return readFile(path, "utf8");
}

export interface DataDirectoryLock {
  release(): Promise<void>;
}

const settleMs = 40;

/** One process at a time. A lock whose process is gone, however it went, is taken over. */
export async function lockDataDirectory(path: string): Promise<DataDirectoryLock> {
  const file = join(path, "nexora.pid");
  const own = `${JSON.stringify({ ...(await identifyProcess(process.pid)), lock: randomUUID() })}\n`;
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(temporary, own, { mode: 0o600 });
  await giveToFolderOwner(temporary);
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        await link(temporary, file); // fails if there is one, and never shows half a file
        // Whoever takes a stale lock away may catch ours for a moment; if another came between, we have lost.
        await sleep(settleMs);
        if ((await readIfExists(file)) === own) return { release: () => rm(file, { force: true }) };
      } catch (error) {
        if (errorCode(error) !== "EEXIST") throw error;
      }
      const text = await readIfExists(file);
      if (text === undefined) continue;
      const holder = parseHolder(text);
      if (holder !== undefined && (await isRunning(holder))) {
        throw new StartupError(`Nexora is already running on the data folder ${path} (pid ${holder.pid})`);
      }
      await removeStale(file, text);
    }
  } finally {
    await rm(temporary, { force: true });
  }
  throw new StartupError(`the lock ${file} can't be taken: remove it if no Nexora runs on this folder`);
}

/** Moved away before it is looked at again: of two starts that find the same stale lock, one may have a new one already. */
async function removeStale(file: string, expected: string): Promise<void> {
  const moved = `${file}.stale.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    await rename(file, moved);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  if ((await readFile(moved, "utf8")) !== expected) await link(moved, file).catch(() => undefined);
  await rm(moved, { force: true });
}

function parseHolder(text: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("pid" in value) || !("startedAt" in value)) return undefined;
    if (typeof value.pid !== "number" || typeof value.startedAt !== "string") return undefined;
    return { pid: value.pid, startedAt: value.startedAt };
  } catch {
    return undefined; // cut short by a full disk or a crash of the machine
  }
}

export async function readIfExists(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "?"); // a container may run as a number that has no name
  }
}
