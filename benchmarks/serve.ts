import { observeStatements } from "../test/recorded-statements.ts";
import type { Report } from "./server-process.ts";
import { servers } from "./servers.ts";

// A server's process: `node serve.js <name>`. It answers the benchmark's questions about itself and ends with it.

let statements = 0;
observeStatements(() => (statements += 1));

function report(message: Report): void {
  process.send?.(message);
}

process.on("disconnect", () => process.exit());
process.on("message", (question) => {
  if (question === "statements") return report({ statements });
  const { user, system } = process.cpuUsage();
  report({ cpu: user + system });
});

const start = servers.get(process.argv[2] ?? "");
if (start === undefined) throw new Error(`no server ${process.argv[2]}`);
report({ port: await start() });
