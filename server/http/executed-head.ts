import type { GraphQLFormattedError } from "graphql";
import type { Context } from "../operations/context.ts";
import { statusOf } from "../operations/public-error.ts";

interface Executed {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

/**
 * Status and headers of an answer whose operation was prepared. With data it is 200, whatever fields failed; without, the
 * first error tells: its status when it refused the whole operation, 200 when a field failed (it has a path then). Only
 * RATE_LIMITED is 429 in either case, with Retry-After: clients and proxies must see it without reading the body. And a key that
 * forbids the only field of a mutation forbids the request.
 */
export function executedHead(
  { data, errors }: Executed,
  { keyedMutation }: Pick<Context, "keyedMutation"> = {},
): { status: number; headers: [name: string, value: string][] } {
  const [first] = errors ?? [];
  if (data != null || first === undefined) return { status: 200, headers: [] };
  const { code, retryAfterMs } = first.extensions ?? {};
  if (code === "RATE_LIMITED") {
    const seconds = Math.ceil((typeof retryAfterMs === "number" ? retryAfterMs : 1_000) / 1_000);
    return { status: 429, headers: [["retry-after", String(seconds)]] };
  }
  const isWhole = first.path === undefined || (keyedMutation?.fields === 1 && isKeyRefusal(code));
  return { status: isWhole ? statusOf(code) : 200, headers: [] };
}

function isKeyRefusal(code: unknown): boolean {
  return code === "IDEMPOTENCY_CONCURRENT_REQUEST" || code === "IDEMPOTENCY_KEY_PARAMETER_MISMATCH";
}
