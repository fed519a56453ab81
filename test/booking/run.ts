// `npm run sim:booking`: 60 rounds of 32 bookings of overlapping hours at once. `--rounds <n>` runs more or fewer.
import { parseArgs } from "node:util";
import startServices from "../global-setup.ts";
import stopEverything from "../global-teardown.ts";
import { ensureSystemPrograms } from "../system-programs.ts";
import { runStorm } from "./booking-storm.ts";

const { values } = parseArgs({ options: { rounds: { type: "string" } } });
const rounds = Number(values.rounds ?? 60);

ensureSystemPrograms();
let exitCode = 1;
try {
  await startServices();
  const begun = performance.now();
  const { winners, ...counts } = await runStorm({ rounds, bookings: 32 });
  const seconds = Math.round((performance.now() - begun) / 1_000);
  console.log(`${rounds} rounds of 32 bookings in ${seconds} s:`, JSON.stringify(counts));
  const wrong = winners.filter((number) => number !== 1).length;
  console.log(wrong === 0 ? "one winner in each round" : `${wrong} rounds had another number of winners than one`);
  const isRight = wrong === 0 && counts.overlaps === 0 && counts.deadlocks === 0 && counts.held === counts.booked;
  exitCode = isRight ? 0 : 1;
} catch (error) {
  console.error(error);
} finally {
  await stopEverything();
}
process.exit(exitCode);
