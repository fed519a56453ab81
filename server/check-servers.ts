import { Redis } from "ioredis";
import pg from "pg";
import { errorCode } from "./error-code.ts";
import { StartupError } from "./startup-error.ts";

/** A machine that has much to do at its start takes some seconds to let somebody in. */
const defaultConnectTimeoutMs = 20_000;
const oldestVersion = 18;

/** Says in one line why a PostgreSQL of the operator's can't be used; returns its version. */
export async function checkDatabase(
  variable: string,
  url: string,
  connectTimeoutMs = defaultConnectTimeoutMs,
): Promise<string> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: connectTimeoutMs,
    application_name: "nexora-start",
  });
  client.on("error", () => undefined); // told by the call that fails
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; number: number }>(
      "SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int4 AS number",
    );
    const [found] = rows;
    if (found === undefined) throw new Error("no answer");
    const { version, number } = found;
    if (number < oldestVersion * 10_000) {
      throw new StartupError(`${variable}: PostgreSQL ${version} is too old, Nexora needs ${oldestVersion} or newer`);
    }
    return version;
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(`${variable}: PostgreSQL at ${withoutLogin(url)} ${explainPostgres(error, url)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

// SQLSTATE codes: https://www.postgresql.org/docs/18/errcodes-appendix.html
function explainPostgres(error: unknown, url: string): string {
  const user = decodeURIComponent(new URL(url).username);
  switch (errorCode(error)) {
    case "28P01":
    case "28000":
      return `refuses the login of user "${user}": check the user and the password`;
    case "3D000":
      return "has no such database: create it first";
    case "53300":
      return "has no connection left: raise its max_connections or lower DATABASE_POOL_SIZE";
    default:
      return explainNetwork(error);
  }
}

/** Says in one line why the operator's Redis can't be used; returns its version. */
export async function checkRedis(url: string): Promise<string> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: defaultConnectTimeoutMs,
    commandTimeout: defaultConnectTimeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let lastError: unknown;
  client.on("error", (error) => (lastError ??= error));
  try {
    await client.connect();
    const information = await client.info("server");
    return /redis_version:(\S+)/.exec(information)?.[1] ?? "";
  } catch (error) {
    throw new StartupError(`REDIS_URL: Redis at ${withoutLogin(url)} ${explainRedis(lastError ?? error)}`);
  } finally {
    client.disconnect();
  }
}

function explainRedis(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  if (/WRONGPASS|NOAUTH|ERR AUTH|NOPERM/.test(words)) return "refuses the login: check the user and the password";
  return explainNetwork(error);
}

function explainNetwork(error: unknown): string {
  // Node tries all addresses of a host name and throws the sum of what went wrong.
  const first = error instanceof AggregateError ? (error.errors as unknown[])[0] : error;
  switch (errorCode(first)) {
    case "ECONNREFUSED":
      return "can't be reached: nothing listens there";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "can't be reached: its host name is unknown";
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return "can't be reached: there is no way to that host";
    case "ECONNRESET":
      return "can't be reached: it closed the connection";
    default: {
      const words = first instanceof Error ? first.message : String(first);
      return /time(d )?out|terminated/i.test(words) ? "can't be reached: no answer in time" : `can't be used: ${words}`;
    }
  }
}

/** Host, port and database: what a person needs to find it, and no password. */
export function withoutLogin(url: string): string {
  const { host, pathname } = new URL(url);
  return pathname === "/" ? host : `${host}${pathname}`;
}
