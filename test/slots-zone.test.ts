import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "@jest/globals";

const run = promisify(execFile);

it("slots are the same whatever zone the process runs in", async () => {
  const outputs: string[] = [];
  for (const zone of ["UTC", "America/New_York", "Asia/Kolkata"]) {
    const env = { ...process.env, TZ: zone };
    const { stdout } = await run(process.execPath, ["--import", "tsx", "test/slots-digest.ts"], { env });
    outputs.push(stdout.trim());
  }
  expect(outputs[0]).toMatch(/^8\d{4} [0-9a-f]{64}$/);
  expect(new Set(outputs).size).toBe(1);
}, 120_000);
