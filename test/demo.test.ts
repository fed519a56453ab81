import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import { startApp } from "./app.ts";
import { freePort } from "./free-port.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

function runDemo(args: readonly string[], env: Record<string, string>): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", "tsx", "examples/bank-marketing/demo.ts", ...args],
      { cwd: root, env: { ...process.env, ...env }, timeout: 60_000 },
      (error, stdout, stderr) => resolve({ exitCode: error === null ? 0 : 1, output: stdout + stderr }),
    );
  });
}

describe("npm run demo", () => {
  it("sends each lead and gets each back once; a second run merges", async () => {
    await using app = await startApp();
    const env = { NEXORA_URL: app.url, NEXORA_KEY: app.tenant.secretKey };
    const first = await runDemo(["--rows", "300"], env);
    expect(first.output).toMatch(
      /captured +300\nreceived +300\nlost +0\nduplicates +0\ngaps +0\nlatency +median \d+ ms, p99 \d+ ms/,
    );
    expect(first.output).toContain("300 from this file are on the server, 300 of them new");
    expect(first.exitCode).toBe(0);
    const second = await runDemo(["--rows", "300"], env);
    expect(second.output).toMatch(/lost +0\nduplicates +0/);
    expect(second.output).toContain("300 people were known already: they were merged");
    expect(second.exitCode).toBe(0);
  }, 120_000);

  it("takes an empty variable as one that isn't set: the server that keeps its credentials here is found", async () => {
    await using app = await startApp();
    const folder = await mkdtemp(join(tmpdir(), "nexora-demo-"));
    await writeFile(
      join(folder, "credentials.json"),
      JSON.stringify({ url: app.url, secretKey: app.tenant.secretKey }),
    );
    const env = { NEXORA_URL: "", NEXORA_KEY: "", NEXORA_DATA: folder };
    const { exitCode, output } = await runDemo(["--rows", "10"], env);
    expect(output).toMatch(/captured +10\nreceived +10\nlost +0/);
    expect(exitCode).toBe(0);
    await rm(folder, { recursive: true });
  }, 60_000);

  it("says clearly when no server runs, and when the key isn't one", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const none = await runDemo([], { NEXORA_URL: url, NEXORA_KEY: "nx_live_none" });
    expect(none).toEqual({ exitCode: 1, output: `No Nexora server answers at ${url} – start one with npm start\n` });
    const unknown = await runDemo(["--lines", "3"], {});
    expect(unknown).toMatchObject({ exitCode: 1, output: expect.not.stringContaining("    at ") });
    await using app = await startApp();
    const refused = await runDemo([], { NEXORA_URL: app.url, NEXORA_KEY: "nx_live_none" });
    expect(refused).toEqual({ exitCode: 1, output: "The credential isn't valid.\n" });
  }, 60_000);
});
