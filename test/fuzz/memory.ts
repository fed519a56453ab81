import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** On the heap and in buffers outside of it, of a server in this process that has nothing to do. */
export async function usedMegabytes(ownerUrl: string): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("run it with --expose-gc");
  await endConnections(ownerUrl);
  await sleep(500); // what is in flight ends
  // As before a process would run out of memory: the usual collection leaves compiled code and emptied tables for later.
  await gc({ type: "major", execution: "async", flavor: "last-resort" });
  const { heapUsed, external } = process.memoryUsage();
  return Math.round(((heapUsed + external) / 2 ** 20) * 100) / 100;
}

/** Each open connection has made itself a Prisma client, 1.6 MB: how many there are just now isn't to be measured. */
async function endConnections(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
  } finally {
    await owner.end();
  }
}
