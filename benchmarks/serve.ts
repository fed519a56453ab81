import pg from "pg";
import type { Report } from "./server-process.ts";
import { servers } from "./servers.ts";

// A server's process: `node serve.js <name>`. It answers the benchmark's questions about itself and ends with it.

let statements = 0;
const send = pg.Client.prototype.query as (...args: unknown[]) => unknown;
pg.Client.prototype.query = function count(this: pg.Client, ...args: unknown[]) {
  statements += 1;
  return send.apply(this, args);
} as pg.Client["query"];

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
