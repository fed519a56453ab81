import { chown, lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { StartupError } from "../startup-error.ts";
import {
  canReach,
  findCapability,
  findClosedFolderPass,
  findPostgresAccount,
  launchAs,
  type Launch,
  type PostgresAccount,
} from "./postgres-account.ts";
import { copyBinaries, findPostgresBinaries, repairBinaries, type PostgresBinaries } from "./postgres-binaries.ts";

/** How to run PostgreSQL's programs here: which files, as whom, with what environment. */
export interface Launcher {
  readonly binaries: PostgresBinaries;
  /** Undefined when they run as the user who started us. */
  readonly account: PostgresAccount | undefined;
  readonly env: Readonly<Record<string, string>>;
  as(program: string, args: readonly string[]): Launch;
}

/** Nothing of ours: no password of the operator's and no PG* variable reaches PostgreSQL, and its messages are English. */
const env = { PATH: "/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C", TZ: "UTC" };

interface Folders {
  readonly dataDirectory: string;
  readonly postgresData: string;
}

export async function prepareLaunch({ dataDirectory, postgresData }: Folders): Promise<Launcher> {
  const packaged = await findPostgresBinaries();
  const runtimeDirectory = join(dataDirectory, "runtime");
  const isUsable = await repairBinaries(packaged);
  const account = await findPostgresAccount(postgresData);
  if (account === undefined) {
    const binaries = isUsable ? packaged : await copyBinaries(packaged, runtimeDirectory);
    return { binaries, account, env, as: (program, args) => launchAs(undefined, program, args) };
  }

  if ((await findCapability()) === undefined && process.platform === "linux") {
    throw new StartupError(
      "the embedded PostgreSQL can't run as root, and this root may not manage another user's files " +
        "(no capability CAP_DAC_OVERRIDE): start as an ordinary user, or set DATABASE_URL",
    );
  }
  await giveTo(account, postgresData);
  const reachesData = await canReach(account, dataDirectory, 1);
  const reachesBinaries = isUsable && (await reachesAll(account, packaged.root));
  const pass = reachesData && reachesBinaries ? undefined : await findClosedFolderPass(account);
  if (!reachesData && pass === undefined) {
    throw new StartupError(
      `PostgreSQL can't run as root, and the user that it runs as (uid ${account.uid}) doesn't get into ${dataDirectory}: ` +
        "set NEXORA_DATA to a folder outside of closed ones such as /var/lib/nexora, or start as an ordinary user",
    );
  }
  // Folders above may be closed as long as there is the pass; files that are closed themselves have to be copied.
  const isReadable = reachesBinaries || (isUsable && pass !== undefined && (await isOpen(packaged.root)));
  const binaries = isReadable ? packaged : await copyBinaries(packaged, runtimeDirectory);
  return { binaries, account, env, as: pass ?? ((program, args) => launchAs(account, program, args)) };
}

const samples = [
  ["bin/initdb", 5],
  ["bin/postgres", 5],
  ["lib", 5],
  ["lib/postgresql/plpgsql.so", 4],
  ["share/postgresql/postgres.bki", 4],
] as const;

async function reachesAll(account: PostgresAccount, root: string): Promise<boolean> {
  const answers = await Promise.all(samples.map(([name, right]) => canReach(account, join(root, name), right)));
  return answers.every(Boolean);
}

async function isOpen(root: string): Promise<boolean> {
  const modes = await Promise.all(samples.map(async ([name]) => (await lstat(join(root, name))).mode));
  return modes.every((mode, index) => (mode & (samples[index]?.[1] ?? 0)) === (samples[index]?.[1] ?? 0));
}

/** A data folder that root copied or restored belongs to root; PostgreSQL wants to own it. */
async function giveTo(account: PostgresAccount, path: string): Promise<void> {
  const entry = await lstat(path).catch(() => undefined);
  if (entry === undefined || entry.uid !== 0) return;
  await chown(path, account.uid, account.gid);
  if (!entry.isDirectory()) return;
  for (const name of await readdir(path)) await giveTo(account, join(path, name));
}
