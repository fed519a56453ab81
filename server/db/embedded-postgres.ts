import { execFile, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { StartupError } from "../startup-error.ts";
import {
  giveToFolderOwner,
  lockDataDirectory,
  openDataDirectory,
  readIfExists,
  writePrivateFile,
} from "./data-directory.ts";
import { prepareLaunch, type Launcher } from "./postgres-launch.ts";
import { waitForPostmaster } from "./postmaster-start.ts";
import { signalProcess, stopOrphan } from "./postmaster.ts";

export interface EmbeddedPostgresOptions {
  /** Nexora's data folder; PostgreSQL gets its own folder in it. */
  readonly dataDirectory: string;
  /** Told in one line what was repaired, or what takes long. */
  readonly log: (line: string) => void;
  /** True: the start is to end as soon as it can. */
  readonly isInterrupted?: () => boolean;
  /** Server settings on top of ours, for instance `{ fsync: "off" }` in a test. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** Superuser and owner of the database: for migrations. */
  readonly ownerUrl: string;
  /** The server's own login, which the migration creates with this password. */
  readonly appUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Where its files are. */
  readonly folder: string;
  /** How long a first connection may take: nobody but a busy machine can keep it from answering. */
  readonly connectTimeoutMs: number;
  /** Settles when PostgreSQL has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** Ends sessions, writes everything to disk and waits until it is gone. */
  stop(): Promise<void>;
  /** Ends it without waiting. Nothing committed is lost: its log is replayed at the next start. */
  stopNow(): void;
}

const databaseName = "nexora";
const ownerName = "nexora_owner";
const appName = "nexora_app";
const connectTimeoutMs = 60_000;

/** For a machine with two cores and 2 GB that also runs the server. Durability stays as PostgreSQL ships it. */
const ownSettings: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  effective_cache_size: "1GB",
  random_page_cost: "1.1",
  max_wal_size: "1GB",
  checkpoint_timeout: "15min",
  jit: "off", // compiling costs more than our short statements take
  timezone: "UTC",
  log_timezone: "UTC",
  // Statements and details hold personal data; the server's own log says which operation failed.
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/** Runs a PostgreSQL of our own, as a child that only we stop. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDirectory = resolve(options.dataDirectory);
  await openDataDirectory(dataDirectory);
  const lock = await lockDataDirectory(dataDirectory);
  try {
    const server = await start({ ...options, dataDirectory });
    return {
      ...server,
      async stop() {
        await server.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDirectory, log, settings = {}, isInterrupted = () => false } = options;
  const postgresData = join(dataDirectory, "postgres");
  const launch = await prepareLaunch({ dataDirectory, postgresData });
  const orphan = await stopOrphan(postgresData);
  if (orphan !== undefined) log(`stopped the PostgreSQL (pid ${orphan}) that a killed run had left behind`);

  const access = await readAccess(dataDirectory);
  const allSettings = { ...ownSettings, ...settings };
  await createCluster({ postgresData, launch, password: access.ownerPassword, isDurable: settings["fsync"] !== "off" });

  const { child, port } = await startServer({
    ...{ dataDirectory, postgresData, launch, access, log, isInterrupted },
    settings: allSettings,
  });
  const exited = new Promise<void>((settle) => {
    if (hasEnded(child)) settle();
    else child.once("exit", () => settle());
  });
  const pid = child.pid ?? 0;
  const stop = async () => {
    child.ref(); // from here on somebody waits for its end
    if (!hasEnded(child)) signalProcess(pid, "SIGINT"); // fast shutdown
    const isStopped = await Promise.race([exited.then(() => true), sleep(20_000, false, { ref: false })]);
    if (!isStopped) signalProcess(pid, "SIGQUIT"); // immediate; replays its log at the next start
    await exited;
  };

  const url = (user: string, password: string, database: string) =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  try {
    await createDatabase(url(ownerName, access.ownerPassword, "postgres"));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ownerUrl: url(ownerName, access.ownerPassword, databaseName),
    appUrl: url(appName, access.appPassword, databaseName),
    port,
    pid,
    folder: postgresData,
    connectTimeoutMs,
    exited,
    stop,
    stopNow: () => signalProcess(pid, "SIGQUIT"),
  };
}

interface Access {
  readonly ownerPassword: string;
  readonly appPassword: string;
  /** Of the last run; taken again when it is free, so that a tool's saved connection goes on working. */
  readonly port: number;
}

const accessFile = (dataDirectory: string) => join(dataDirectory, "postgres.json");

async function readAccess(dataDirectory: string): Promise<Access> {
  const text = await readIfExists(accessFile(dataDirectory));
  if (text !== undefined) return parseAccess(text, accessFile(dataDirectory));
  if ((await stat(join(dataDirectory, "postgres")).catch(() => undefined)) !== undefined) {
    throw new StartupError(
      `${accessFile(dataDirectory)}, which holds the password of the database beside it, is missing: restore it`,
    );
  }
  const password = () => randomBytes(24).toString("base64url");
  const access = { ownerPassword: password(), appPassword: password(), port: 0 };
  await writePrivateFile(accessFile(dataDirectory), `${JSON.stringify(access, undefined, 2)}\n`);
  return access;
}

function parseAccess(text: string, file: string): Access {
  try {
    const value = JSON.parse(text) as Partial<Access>;
    if (value.ownerPassword && value.appPassword) {
      return { ownerPassword: value.ownerPassword, appPassword: value.appPassword, port: Number(value.port ?? 0) };
    }
  } catch {
    // told below
  }
  throw new StartupError(`${file} can't be read: restore it, it holds the password of the database beside it`);
}

interface Cluster {
  readonly postgresData: string;
  readonly launch: Launcher;
  readonly password: string;
  readonly isDurable: boolean;
}

/** initdb works in a folder beside the final one, so that a cluster is either whole or not there. */
async function createCluster({ postgresData, launch, password, isDurable }: Cluster): Promise<void> {
  const version = await readIfExists(join(postgresData, "PG_VERSION"));
  if (version !== undefined) {
    if (version.trim() === "18") return;
    throw new StartupError(
      `${postgresData} was written by PostgreSQL ${version.trim()} and this is 18: dump it there, restore it here`,
    );
  }
  const unfinished = `${postgresData}.unfinished`;
  const passwordFile = `${postgresData}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writePrivateFile(passwordFile, `${password}\n`);
  if (launch.account !== undefined) {
    const { uid, gid } = launch.account;
    await Promise.all([chown(unfinished, uid, gid), chown(passwordFile, uid, gid)]);
  }
  const flags = [
    `--pgdata=${unfinished}`,
    `--username=${ownerName}`,
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "--encoding=UTF8",
    // Byte order, and case as Unicode says: the same on every machine, whichever locales it has.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(isDurable ? [] : ["--no-sync"]),
  ];
  try {
    await run(launch, "initdb", flags);
    await rename(unfinished, postgresData);
  } catch (error) {
    const words = lastLine(error instanceof Error ? error.message : String(error));
    throw new StartupError(`the embedded PostgreSQL can't create its files: ${words}`);
  } finally {
    await Promise.all([passwordFile, unfinished].map((path) => rm(path, { recursive: true, force: true })));
  }
}

async function run(launch: Launcher, program: string, args: readonly string[]): Promise<void> {
  const { command, arguments: all, ...identity } = launch.as(join(launch.binaries.root, "bin", program), args);
  await promisify(execFile)(command, [...all], { ...identity, env: launch.env, cwd: "/" });
}

interface ServerStart {
  readonly dataDirectory: string;
  readonly postgresData: string;
  readonly launch: Launcher;
  readonly settings: Readonly<Record<string, string>>;
  readonly access: Access;
  readonly log: (line: string) => void;
  readonly isInterrupted: () => boolean;
}

async function startServer(request: ServerStart): Promise<{ child: ChildProcess; port: number }> {
  const { dataDirectory, postgresData, launch, settings, access, log, isInterrupted } = request;
  const logFile = join(dataDirectory, "postgres.log");
  if (((await stat(logFile).catch(() => undefined))?.size ?? 0) > 10_000_000) await rename(logFile, `${logFile}.1`);

  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort(attempt === 1 ? access.port : 0);
    const output = await open(logFile, "a", 0o600);
    await giveToFolderOwner(logFile);
    const logStart = (await output.stat()).size;
    const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
      "-c",
      `${name}=${value}`,
    ]);
    const program = launch.as(join(launch.binaries.root, "bin", "postgres"), ["-D", postgresData, ...flags]);
    const { command, arguments: args, ...identity } = program;
    // A session of its own: Ctrl-C in the terminal reaches us only, and we stop it last.
    const child = spawn(command, [...args], {
      ...identity,
      env: launch.env,
      cwd: "/",
      detached: true,
      stdio: ["ignore", output.fd, output.fd],
    });
    const failure = await waitForPostmaster(child, { postgresData, log, isInterrupted });
    await output.close();
    if (failure === undefined) {
      if (port !== access.port) {
        await writePrivateFile(accessFile(dataDirectory), `${JSON.stringify({ ...access, port }, undefined, 2)}\n`);
      }
      child.unref();
      return { child, port };
    }
    const words = (await readFile(logFile, "utf8")).slice(logStart);
    // Somebody took the port meanwhile, or a backend of a killed run is still on its way out.
    if (attempt < 10 && /could not bind|still in use/.test(words)) {
      await sleep(200);
      continue;
    }
    throw new StartupError(`the embedded PostgreSQL doesn't start: ${fatalLine(words) || failure} (see ${logFile})`);
  }
}

async function createDatabase(maintenanceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl, connectionTimeoutMillis: connectTimeoutMs });
  client.on("error", () => undefined); // told by the query that fails
  try {
    await client.connect();
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [databaseName]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
  } catch (error) {
    throw new StartupError(
      `the embedded PostgreSQL refuses us: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The preferred port if nothing has it, else any. */
async function findFreePort(preferred: number): Promise<number> {
  return new Promise((settle, reject) => {
    const probe = createServer();
    probe.once("error", (error) => (preferred === 0 ? reject(error) : settle(findFreePort(0))));
    probe.listen({ port: preferred, host: "127.0.0.1", exclusive: true }, () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => settle(port));
    });
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function fatalLine(text: string): string {
  return /(?:FATAL|PANIC|error while loading[^\n]*|setpriv):?\s+([^\n]+)/.exec(text)?.[0].trim() ?? lastLine(text);
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.trim() ?? "";
}
