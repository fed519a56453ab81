import { join } from "node:path";
import stopEverything from "./global-teardown.ts";
import { startPostgresTemplate } from "./postgres-template.ts";
import { startRedisServer } from "./redis-server.ts";
import { runFolder } from "./run-folder.ts";
import { announceTestServices } from "./services.ts";
import { stopLater } from "./started-services.ts";

/** Once per run, before the first test file. */
export default async function startServices(): Promise<void> {
  // Ctrl-C reaches jest before it has torn anything down.
  for (const [signal, exitCode] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.once(signal, () => void stopEverything().finally(() => process.exit(exitCode)));
  }
  try {
    const redis = await startRedisServer({ pidFile: join(runFolder(), "redis.pid") });
    stopLater(() => redis.stop());
    const postgres = await startPostgresTemplate();
    stopLater(() => postgres.stop());
    announceTestServices({
      templateOwnerUrl: postgres.ownerUrl,
      templateAppUrl: postgres.appUrl,
      redisUrl: redis.url,
    });
  } catch (error) {
    await stopEverything();
    throw error;
  }
}
