// `npm run test:zones`: the whole of `npm test` in each of three time zones, one after the other. Arguments go to jest.
import { spawnSync } from "node:child_process";
import { zones } from "./test-zones.ts";

const results = zones.map((zone) => {
  console.log(`\n${zone}`);
  const { status } = spawnSync(process.execPath, ["--import", "tsx", "test/run-tests.ts", ...process.argv.slice(2)], {
    env: { ...process.env, TZ: zone },
    stdio: "inherit",
  });
  return { zone, isGood: status === 0 };
});
for (const { zone, isGood } of results) console.log(`${zone}: ${isGood ? "passed" : "FAILED"}`);
process.exit(results.every(({ isGood }) => isGood) ? 0 : 1);
