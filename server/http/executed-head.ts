import type { GraphQLFormattedError } from "graphql";
import { statusOf } from "../operations/public-error.ts";

interface Executed {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

/**
 * Status and headers of an answer whose operation was prepared. With data it is 200, whatever fields failed; without, the
 * first error tells: its status when it refused the whole operation, 200 when a field failed (it has a path then). Only
 * RATE_LIMITED is 429 in either case, with Retry-After: clients and proxies must see it without reading the body.
 */
export function executedHead({ data, errors }: Executed): { status: number; headers: [name: string, value: string][] } {
  const [first] = errors ?? [];
  if (data != null || first === undefined) return { status: 200, headers: [] };
  const { code, retryAfterMs } = first.extensions ?? {};
  if (code === "RATE_LIMITED") {
    const seconds = Math.ceil((typeof retryAfterMs === "number" ? retryAfterMs : 1_000) / 1_000);
    return { status: 429, headers: [["retry-after", String(seconds)]] };
  }
  return { status: first.path === undefined ? statusOf(code) : 200, headers: [] };
}
