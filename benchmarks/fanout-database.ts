import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { RedisHints } from "../server/adapters/hints/redis-hints.ts";
import { startEmbeddedPostgres } from "../server/db/embedded-postgres.ts";
import { migrate } from "../server/db/migrate.ts";
import { createLog } from "../server/log.ts";
import { compose } from "../server/main.ts";
import { toUuid } from "../server/operations/ids.ts";
import { startRedisServer } from "../test/redis-server.ts";
import { benchmarkConfig } from "./environment.ts";
import { momentText } from "./fanout-events.ts";

export interface FanoutDatabase extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
  readonly secretKey: string;
  /** Commits so many entries a second for some time and sends the hints, as another server process would; returns how many. */
  write(perSecond: number, milliseconds: number): Promise<number>;
}

/** A PostgreSQL and a Redis of their own, with one tenant. */
export async function startFanoutDatabase(): Promise<FanoutDatabase> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "nexora-fanout-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  // The machine's disk isn't what is measured.
  const postgres = await startEmbeddedPostgres({
    dataDirectory: join(folder, "postgres"),
    log: () => undefined,
    settings: { fsync: "off" },
  });
  stack.defer(() => postgres.stop());
  const { ownerUrl, appUrl } = postgres;
  await migrate(ownerUrl, { appUrl });
  const redis = stack.use(await startRedisServer());
  const secret = randomBytes(32).toString("hex");

  const config = benchmarkConfig({ LOG_LEVEL: "silent" });
  const nexora = await compose(config, { appUrl, secret, log: createLog({ level: "silent" }) });
  const credentials = await nexora.bootstrap(() => Promise.resolve());
  await nexora.close();
  const tenantId = toUuid("Tenant", credentials?.tenantId ?? "");
  if (credentials === undefined || tenantId === null) throw new Error("the database isn't empty");

  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  stack.defer(() => client.end());
  await client.query("SELECT set_config('nexora.tenant_id', $1, false)", [tenantId]);
  const hints = new RedisHints(redis.url, () => undefined);
  stack.defer(() => hints.close());

  const append = async () => {
    const entry = `{"type":"fanout.measured","subjectType":"Lead","subjectId":"${randomUUID()}","actor":{"type":"SYSTEM"},"requestId":"fanout","data":{"at":"${momentText()}"}}`;
    const { rows } = await client.query<{ position: string }>({
      name: "append",
      text: "SELECT journal_append($1) AS position",
      values: [`[${entry}]`],
    });
    hints.publish({ tenantId, position: BigInt(rows[0]?.position ?? 0) });
  };
  const owned = stack.move();
  return {
    env: { BENCHMARK_APP_URL: appUrl, BENCHMARK_SECRET: secret, REDIS_URL: redis.url },
    secretKey: credentials.secretKey,
    async write(perSecond, milliseconds) {
      const startedAt = performance.now();
      const total = Math.round((perSecond * milliseconds) / 1_000);
      for (let written = 0; written < total; written += 1) {
        const due = startedAt + (written * 1_000) / perSecond;
        const early = due - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        await append();
      }
      return total;
    },
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}
