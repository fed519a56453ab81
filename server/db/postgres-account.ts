import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** Who PostgreSQL runs as. It refuses to run as root, so root needs somebody else. */
export interface PostgresAccount {
  readonly uid: number;
  readonly gid: number;
}

/** The command that runs a program as the account. */
export interface Launch {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * For anyone but root: undefined, it runs as the user who started us. For root: whoever owns the data already, else the
 * user `postgres` or `nexora`, else a new system user `nexora`, else `nobody`, who exists everywhere.
 * initdb looks its user up by name, so a bare number doesn't do.
 */
export async function findPostgresAccount(postgresData: string): Promise<PostgresAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(postgresData).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (
    (await findUser("postgres")) ??
    (await findUser("nexora")) ??
    (await createUser("nexora")) ??
    (await findUser("nobody")) ?? { uid: 65_534, gid: 65_534 }
  );
}

async function findUser(name: string): Promise<PostgresAccount | undefined> {
  const users = await readFile("/etc/passwd", "utf8").catch(() => "");
  const fields = users
    .split("\n")
    .map((line) => line.split(":"))
    .find(([user]) => user === name);
  const uid = Number(fields?.[2]);
  const gid = Number(fields?.[3]);
  return Number.isInteger(uid) && Number.isInteger(gid) && uid > 0 ? { uid, gid } : undefined;
}

async function createUser(name: string): Promise<PostgresAccount | undefined> {
  try {
    const flags = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"];
    await promisify(execFile)("useradd", [...flags, "--shell", "/usr/sbin/nologin", name]);
  } catch {
    return undefined; // no useradd, or /etc can't be written
  }
  return findUser(name);
}

/** Whether the account gets through all folders above the path and has the wanted right (4 read, 1 execute) on it. */
export async function canReach(account: PostgresAccount, path: string, right: 1 | 4 | 5): Promise<boolean> {
  if (!(await hasRight(account, path, right))) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!(await hasRight(account, folder, 1))) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function hasRight(account: PostgresAccount, path: string, right: number): Promise<boolean> {
  const { uid, gid, mode } = await stat(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & right) === right;
}

/** Runs a program as the account, for paths that it reaches by itself. */
export function launchAs(account: PostgresAccount | undefined, command: string, args: readonly string[]): Launch {
  return account === undefined ? { command, arguments: args } : { command, arguments: args, ...account };
}

type Pass = (command: string, args: readonly string[]) => Launch;

/**
 * Runs a program as the account, and lets it pass folders that are closed to it, such as /root: it keeps the one
 * capability for that. Undefined when this system can't do it.
 */
export async function findClosedFolderPass(account: PostgresAccount): Promise<Pass | undefined> {
  const setpriv = findProgram("setpriv");
  const capability = await findCapability();
  if (setpriv === undefined || capability === undefined) return undefined;
  const flags = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    "--clear-groups",
    `--inh-caps=-all,+${capability}`,
    `--ambient-caps=-all,+${capability}`,
    `--bounding-set=-all,+${capability}`,
    // Without it access(2), which initdb asks about its programs, answers as if there were no capability.
    "--securebits=+no_setuid_fixup",
  ];
  // Tried at once: a container may deny what a look at its capabilities doesn't tell.
  const isAllowed = await promisify(execFile)(setpriv, [...flags, "true"]).then(
    () => true,
    () => false,
  );
  return isAllowed ? (command, args) => ({ command: setpriv, arguments: [...flags, command, ...args] }) : undefined;
}

/** Reading and searching is enough, as the account owns its data; plain containers only have the wider one. */
export async function findCapability(): Promise<"dac_read_search" | "dac_override" | undefined> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  const held = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? "0"}`);
  if ((held & (1n << 2n)) !== 0n) return "dac_read_search";
  if ((held & (1n << 1n)) !== 0n) return "dac_override";
  return undefined;
}

function findProgram(name: string): string | undefined {
  // Not PATH: as root a program is taken from the system's folders only.
  const folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
