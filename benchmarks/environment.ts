import { randomBytes } from "node:crypto";
import { type Config, loadConfig } from "../server/config.ts";

/** Enough for any load: what a limit costs is measured, and it never holds. */
const unlimitedPlan = "standard=900000000/900000000";

/** A server's settings. Its signing key is its own, so that none is kept in the folder of the checkout. */
export function benchmarkConfig(settings: Readonly<Record<string, string | undefined>> = {}): Config {
  return loadConfig({
    HOST: "127.0.0.1",
    PLANS: unlimitedPlan,
    NEXORA_SIGNING_KEY: randomBytes(32).toString("base64"),
    ...settings,
  });
}

/** What the benchmark tells its servers, in the environment of their processes. */
export interface BenchmarkEnvironment {
  /** Row-level security holds. */
  readonly appUrl: string;
  /** It doesn't: what the bare server connects with. */
  readonly ownerUrl: string;
  readonly secret: string;
  /** The uuid of the tenant whose leads are read. */
  readonly tenantId: string;
}

export function toVariables({ appUrl, ownerUrl, secret, tenantId }: BenchmarkEnvironment): Record<string, string> {
  return {
    BENCHMARK_APP_URL: appUrl,
    BENCHMARK_OWNER_URL: ownerUrl,
    BENCHMARK_SECRET: secret,
    BENCHMARK_TENANT_ID: tenantId,
  };
}

export function benchmarkEnvironment(): BenchmarkEnvironment {
  return {
    appUrl: read("BENCHMARK_APP_URL"),
    ownerUrl: read("BENCHMARK_OWNER_URL"),
    secret: read("BENCHMARK_SECRET"),
    tenantId: read("BENCHMARK_TENANT_ID"),
  };
}

function read(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} isn't set: the benchmark starts this process`);
  return value;
}
