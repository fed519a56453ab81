import { readFile } from "node:fs/promises";
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { banner, type BannerParts } from "./banner.ts";
import { checkDatabase, checkRedis, withoutLogin } from "./check-servers.ts";
import { loadConfig, type Config } from "./config.ts";
import { credentialsFile, updateCredentialsUrl, writeCredentials } from "./credentials.ts";
import { openDataDirectory } from "./db/data-directory.ts";
import { startEmbeddedPostgres } from "./db/embedded-postgres.ts";
import { migrate } from "./db/migrate.ts";
import { mailFolder } from "./mail/mail-folder.ts";
import { listen, reachableHost } from "./listen.ts";
import { createLog, type Log } from "./log.ts";
import { keepSecret, secretFile } from "./secret.ts";
import { Interrupted, Shutdown } from "./shutdown.ts";
import { StartupError } from "./startup-error.ts";

// The process: configuration, embedded parts, migrations, the server, signals. What the server is made of: main.ts.

interface ProvidedDatabase {
  readonly ownerUrl: string;
  /** The server's own login, if it has one. */
  readonly appUrl: string | undefined;
  readonly part: BannerParts["postgres"];
  /** How long a first connection may take; undefined: no longer and no shorter than for other servers. */
  readonly connectTimeoutMs?: number;
}

async function start(config: Config, log: Log, shutdown: Shutdown): Promise<string> {
  const { dataDirectory, redisUrl } = config;
  await openDataDirectory(dataDirectory);
  enableCompileCache(join(dataDirectory, "compile-cache")); // a quarter of a later start's time; no cache is no error
  const redisVersion = redisUrl === undefined ? "" : await checkRedis(redisUrl);
  const [secret, database, { compose }] = await allOrFirstFailure([
    config.secret ?? keepSecret(dataDirectory),
    provideDatabase(config, log, shutdown),
    import("./main.ts"), // takes as long as PostgreSQL's start, and happens beside it
  ]);
  shutdown.throwIfRequested();

  const appUrl = await applyMigrations(database);
  shutdown.throwIfRequested();

  const nexora = await compose(config, { appUrl, secret, log });
  shutdown.add({ name: "server", stop: () => nexora.close() });
  const urlAt = (port: number) => config.http.publicUrl ?? `http://${reachableHost(config.http.host)}:${port}`;
  const credentials = await nexora.bootstrap((made) => writeCredentials(dataDirectory, urlAt(config.http.port), made));
  const url = urlAt(await listen(nexora, config.http));
  await updateCredentialsUrl(dataDirectory, url);

  return banner({
    version: await readVersion(),
    url,
    readyInMs: performance.now(),
    postgres: database.part,
    events:
      redisUrl === undefined
        ? { kind: "embedded" }
        : { kind: "real", place: withoutLogin(redisUrl), version: redisVersion },
    mail:
      config.mail.smtpUrl === undefined
        ? { kind: "embedded", folder: mailFolder(dataDirectory) }
        : { kind: "real", place: withoutLogin(config.mail.smtpUrl) },
    secret: config.secret === undefined ? { kind: "embedded", file: secretFile(dataDirectory) } : { kind: "real" },
    credentials,
    credentialsFile: credentialsFile(dataDirectory),
  });
}

async function provideDatabase(config: Config, log: Log, shutdown: Shutdown): Promise<ProvidedDatabase> {
  const { ownerUrl, appUrl } = config.database;
  if (ownerUrl !== undefined) {
    const version = await checkDatabase("DATABASE_URL", ownerUrl);
    return { ownerUrl, appUrl, part: { kind: "real", place: withoutLogin(ownerUrl), version } };
  }
  const { dataDirectory } = config;
  const postgres = await startEmbeddedPostgres({
    dataDirectory,
    log: (line) => log.warn(line),
    isInterrupted: () => shutdown.isRequested,
  });
  shutdown.add({ name: "PostgreSQL", stop: () => postgres.stop(), stopNow: () => postgres.stopNow() });
  void postgres.exited.then(() => {
    if (shutdown.isEnding) return;
    log.fatal("the embedded PostgreSQL has ended, and so does the server");
    return shutdown.end(1);
  });
  const { ownerUrl: embeddedOwnerUrl, appUrl: embeddedAppUrl, folder, connectTimeoutMs } = postgres;
  return { ownerUrl: embeddedOwnerUrl, appUrl: embeddedAppUrl, part: { kind: "embedded", folder }, connectTimeoutMs };
}

/** Returns the URL that the server connects with. */
async function applyMigrations({ ownerUrl, appUrl, part, connectTimeoutMs }: ProvidedDatabase): Promise<string> {
  try {
    await migrate(ownerUrl, { appUrl, ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }) });
  } catch (error) {
    throw new StartupError(
      `the migrations can't be applied: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (appUrl === undefined) return asRestrictedRole(ownerUrl);
  // The migration has just made its login.
  await checkDatabase(part.kind === "real" ? "DATABASE_APP_URL" : "embedded", appUrl, connectTimeoutMs);
  return appUrl;
}

/** The owner's login, which gives up its rights as the first thing on each connection. */
function asRestrictedRole(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.searchParams.set("options", `${url.searchParams.get("options") ?? ""} -c role=nexora_app`.trim());
  return url.href;
}

/** Like Promise.all, but waits for the others before it fails: what they have started can then be stopped. */
async function allOrFirstFailure<const Values extends readonly unknown[]>(
  values: Values,
): Promise<{ -readonly [Index in keyof Values]: Awaited<Values[Index]> }> {
  await Promise.allSettled(values);
  return Promise.all(values);
}

async function readVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile("package.json", "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "";
}

/** What the operator can act on is told in one line each; anything else is a bug and comes with its stack. */
function explain(error: unknown): string {
  if (error instanceof StartupError) return error.message.replaceAll(/^/gm, "nexora: ");
  // The system says no to a file: its name and the reason are what the operator needs.
  if (error instanceof Error && "path" in error && "syscall" in error) return `nexora: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function run(): Promise<void> {
  let shutdown: Shutdown | undefined;
  try {
    const config = loadConfig();
    const log = createLog({ level: config.logLevel });
    shutdown = new Shutdown(log, config.shutdownTimeoutMs);
    shutdown.listen();
    const text = await start(config, log, shutdown);
    process.stdout.write(`${text}\n`);
    shutdown.ready();
  } catch (error) {
    // Ctrl-C in a terminal also reaches initdb: its failure isn't worth a line then.
    const isInterrupted = error instanceof Interrupted || shutdown?.isRequested === true;
    if (!isInterrupted) process.stderr.write(`${explain(error)}\n`);
    const exitCode = isInterrupted ? 0 : 1;
    if (shutdown === undefined) process.exit(exitCode);
    await shutdown.end(exitCode);
  }
}

await run();
