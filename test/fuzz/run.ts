// `npm run fuzz`: FUZZ_OPERATIONS says how many (10,000), FUZZ_SEED repeats a run. Under jest the services run already.
import "reflect-metadata";
import startServices from "../global-setup.ts";
import stopEverything from "../global-teardown.ts";
import { ensureSystemPrograms } from "../system-programs.ts";
import { fuzz } from "./fuzz.ts";

const seed = Number(process.env["FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const operations = Number(process.env["FUZZ_OPERATIONS"] ?? 10_000);
const hasServices = process.env["NEXORA_TEST_SERVICES"] !== undefined;

console.log(`fuzz: FUZZ_SEED=${seed} FUZZ_OPERATIONS=${operations}`);
let exitCode = 1;
try {
  if (!hasServices) {
    ensureSystemPrograms();
    await startServices();
  }
  const startedAt = Date.now();
  const { violations, ...counts } = await fuzz({ seed, operations, report: (line) => console.log(line) });
  console.log(JSON.stringify({ ...counts, seconds: Math.round((Date.now() - startedAt) / 1_000) }));
  for (const violation of violations) console.error(violation);
  exitCode = violations.length === 0 ? 0 : 1;
  console.log(exitCode === 0 ? "passed" : `FAILED: FUZZ_SEED=${seed} FUZZ_OPERATIONS=${operations}`);
} catch (error) {
  console.error(error); // first of all: what is stopped below may fail because of it
} finally {
  if (!hasServices) await stopEverything();
}
process.exit(exitCode);
