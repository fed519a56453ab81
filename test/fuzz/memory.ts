import { setTimeout as sleep } from "node:timers/promises";

/** On the heap and in buffers outside of it, of a server in this process that has nothing to do. */
export async function usedMegabytes(): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("run it with --expose-gc");
  await sleep(500); // what is in flight ends
  // As before a process would run out of memory: the usual collection leaves compiled code and emptied tables for later.
  await gc({ type: "major", execution: "async", flavor: "last-resort" });
  const { heapUsed, external } = process.memoryUsage();
  return Math.round(((heapUsed + external) / 2 ** 20) * 100) / 100;
}
