// `npm run sim:ledger`: 2,000 sequences of 30 commands. `--sequences <n>` runs more or fewer, `--seed <n>` repeats a run.
import { parseArgs } from "node:util";
import startServices from "../global-setup.ts";
import stopEverything from "../global-teardown.ts";
import { createTestDatabase } from "../database.ts";
import { ensureSystemPrograms } from "../system-programs.ts";
import { simulateLedger } from "./ledger-simulation.ts";

const { values } = parseArgs({ options: { sequences: { type: "string" }, seed: { type: "string" } } });
const plan = {
  sequences: Number(values.sequences ?? 2_000),
  steps: 30,
  seed: values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed),
};

console.log(`ledger: ${plan.sequences} sequences of ${plan.steps} commands, seed ${plan.seed}`);
ensureSystemPrograms();
let exitCode = 1;
try {
  await startServices();
  await using database = await createTestDatabase();
  const begun = performance.now();
  const { moved, refused } = await simulateLedger(database, plan);
  const seconds = Math.round((performance.now() - begun) / 1_000);
  console.log(
    `passed in ${seconds} s: ${moved} steps moved credits, ${refused} were refused; model and database agreed and I1 to I8 held after each`,
  );
  exitCode = 0;
} catch (error) {
  console.error(error);
} finally {
  await stopEverything();
}
process.exit(exitCode);
