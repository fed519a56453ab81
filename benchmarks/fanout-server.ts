import { createLog } from "../server/log.ts";
import { compose } from "../server/main.ts";
import { benchmarkConfig } from "./environment.ts";
import { type BareServer, startBare } from "./fanout-bare.ts";

// A server's process: `node fanout-server.js nexora|bare`. It answers questions about itself and ends with its parent.

export interface ServerQuestion {
  readonly collectGarbage?: boolean;
  /** For the bare server. */
  readonly broadcast?: { readonly perSecond: number; readonly inWindows: boolean };
}

export interface ServerUsage {
  readonly cpuMicroseconds: number;
  readonly residentBytes: number;
}

process.on("disconnect", () => process.exit());

let bare: BareServer | undefined;
let port: number;
if (process.argv[2] === "bare") {
  bare = await startBare();
  port = bare.port;
} else {
  const appUrl = process.env["BENCHMARK_APP_URL"] ?? "";
  const config = benchmarkConfig({
    PORT: "0",
    LOG_LEVEL: process.env["LOG_LEVEL"] ?? "warn",
    REDIS_URL: process.env["REDIS_URL"],
  });
  const log = createLog({ level: config.logLevel });
  const nexora = await compose(config, { appUrl, secret: process.env["BENCHMARK_SECRET"] ?? "", log });
  port = await nexora.listen({ host: "127.0.0.1", port: 0 });
}

process.on("message", ({ broadcast, collectGarbage }: ServerQuestion) => {
  if (broadcast !== undefined) bare?.broadcast(broadcast.perSecond, broadcast.inWindows);
  if (collectGarbage === true) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicroseconds: user + system, residentBytes: process.memoryUsage.rss() } satisfies ServerUsage);
});
process.send?.({ port });
