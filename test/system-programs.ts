import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

// npm has neither of them. The name of the program is the name of Debian's package.
const required = ["redis-server", "chromium"];

export function findProgram(name: string): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** Installs what is missing where that is allowed; otherwise throws the one command to run. */
export function ensureSystemPrograms(): void {
  const missing = required.filter((name) => findProgram(name) === undefined);
  if (missing.length === 0) return;
  const hint = `The tests need ${missing.join(" and ")}. On Debian run: sudo apt-get update && sudo apt-get install -y ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || findProgram("apt-get") === undefined) throw new Error(hint);

  console.log(`Installing ${missing.join(" and ")} …`);
  apt(["update"], hint);
  apt(["install", "-y", "--no-install-recommends", ...missing], hint);
}

function apt(args: string[], hint: string): void {
  const { status, stderr } = spawnSync("apt-get", ["-qq", "-o", "Dpkg::Use-Pty=0", ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    timeout: 5 * 60_000,
  });
  if (status !== 0) throw new Error(`${hint}\n(apt-get ${args[0]} failed: ${stderr.trim()})`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
