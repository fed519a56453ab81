/** A process that takes a job and never ends it: `tsx test/stuck-worker.ts <database URL> <queue>`. Says when it has one. */
import { PgBoss } from "pg-boss";

const [connectionString = "", queue = ""] = process.argv.slice(2);
const boss = new PgBoss({ connectionString, migrate: false, schedule: false, supervise: false });
await boss.start();
await boss.work(queue, { pollingIntervalSeconds: 0.5 }, () => {
  process.stdout.write("taken\n");
  return new Promise(() => undefined);
});
