import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "@jest/globals";

const run = promisify(execFile);

const operations = process.env["FUZZ_OPERATIONS"] ?? "10000";

it("answers whatever is sent without an internal error, an unhandled rejection or growing memory", async () => {
  // A process of its own: jest's has another heap, and no way to collect it.
  const { stdout } = await run(process.execPath, ["--expose-gc", "--import", "tsx", "test/fuzz/run.ts"], {
    env: { ...process.env, FUZZ_OPERATIONS: operations },
    maxBuffer: 64 * 2 ** 20,
  }).catch((error: unknown) => {
    const { stdout: output, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${output}\n${stderr.slice(0, 10_000)}`);
  });
  console.log(stdout); // has the start value
  expect(stdout).toMatch(/^passed$/m);
}, 600_000);
