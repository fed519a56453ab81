// `npm run torture`: the whole run. `--short` or `--seconds <n>` make it shorter, `--seed <n>` repeats a run's plan.
import { parseArgs } from "node:util";
import startServices from "../global-setup.ts";
import stopEverything from "../global-teardown.ts";
import { ensureSystemPrograms } from "../system-programs.ts";
import { type TorturePlan, torture } from "./torture.ts";

const { values } = parseArgs({
  options: { short: { type: "boolean" }, seconds: { type: "string" }, seed: { type: "string" } },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(values.seed);

/** A second of the full run has as much in it as a second of a short one. */
function planFor(seconds: number): TorturePlan {
  const share = seconds / 250;
  return {
    seed,
    seconds,
    cuts: Math.round(1_000 * share),
    redisKills: Math.round(100 * share),
    serverKills: Math.round(50 * share),
    report: (line) => console.log(line),
  };
}

const plan = planFor(values.seconds !== undefined ? Number(values.seconds) : values.short === true ? 60 : 250);
console.log(
  `torture: start value ${seed}; ${plan.cuts} cut sockets, ${plan.redisKills} Redis kills, ${plan.serverKills} kill -9 of servers in about ${plan.seconds} s`,
);
ensureSystemPrograms();
let exitCode = 1;
try {
  await startServices();
  const { violations, ...counts } = await torture(plan);
  console.log(JSON.stringify(counts));
  for (const violation of violations) console.error(violation);
  console.log(
    violations.length === 0
      ? "passed: every subscriber saw each committed entry once, in position order"
      : `FAILED: start value ${seed}`,
  );
  exitCode = violations.length === 0 ? 0 : 1;
} finally {
  await stopEverything();
}
process.exit(exitCode);
