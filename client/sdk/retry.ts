import type { WireError } from "./errors.ts";

/** How requests are repeated and sockets are opened again. */
export interface RetryOptions {
  /** How often a request is sent at most. Default 5; 1 turns repeating off. */
  readonly attempts?: number;
  /** Upper bound of the first pause; it doubles each time. Default 200 ms. */
  readonly baseDelayMs?: number;
  /** Upper bound of every pause that the server doesn't ask for. Default 10 s. */
  readonly maxDelayMs?: number;
  /** A `Retry-After` beyond this isn't waited for: the call fails at once and tells it. Default 60 s. */
  readonly maxRetryAfterMs?: number;
}

export const defaultRetry = {
  attempts: 5,
  baseDelayMs: 200,
  maxDelayMs: 10_000,
  maxRetryAfterMs: 60_000,
} as const satisfies Required<RetryOptions>;

/**
 * What may be sent twice. `always`: a query, or a mutation that the server does once for its idempotency key.
 * `when-not-executed`: only what the server surely hasn't begun to execute.
 */
export type Repeatability = "always" | "when-not-executed";

/** Exponential, with the lower half random: clients that failed together don't come back together. */
export function backoffMs(failures: number, { baseDelayMs, maxDelayMs }: Required<RetryOptions>, random = Math.random) {
  const bound = Math.min(maxDelayMs, baseDelayMs * 2 ** Math.min(failures, 30));
  return bound / 2 + (bound / 2) * random();
}

const unsentCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Whether a failed fetch surely never reached a server. Browsers don't tell; there the answer is no. */
export function isSurelyUnsent(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ("code" in current && typeof current.code === "string" && unsentCodes.has(current.code)) return true;
  }
  return false;
}

/** Whether it is worth sending the request again after this answer. */
export function isRepeatable(status: number, body: unknown, repeatability: Repeatability): boolean {
  if (repeatability === "always") return [429, 502, 503, 504].includes(status) || mayPass(body);
  return (status === 429 || status === 503) && isSurelyNotExecuted(body);
}

/**
 * An error of the whole request has no path: nothing was executed. Without `errors` it isn't our GraphQL: then only the
 * answer of a server that is shutting down is one to trust, because a proxy's 503 can follow a request that was executed.
 */
function isSurelyNotExecuted(body: unknown): boolean {
  if (typeof body !== "object" || body === null) return false;
  if ("errors" in body && Array.isArray(body.errors)) {
    return (body.errors as WireError[]).every(
      ({ path, extensions }) =>
        path === undefined && (extensions?.["code"] === "UNAVAILABLE" || extensions?.["code"] === "RATE_LIMITED"),
    );
  }
  return "statusCode" in body && body.statusCode === 503;
}

/** A part of the server was away, or the same request is still running there: later there will be an answer. */
const passingCodes: ReadonlySet<unknown> = new Set(["UNAVAILABLE", "IDEMPOTENCY_CONCURRENT_REQUEST"]);

/** Whether nothing came for reasons that pass. A field that failed leaves the status 200. */
function mayPass(body: unknown): boolean {
  if (typeof body !== "object" || body === null || ("data" in body && body.data !== null)) return false;
  if (!("errors" in body) || !Array.isArray(body.errors) || body.errors.length === 0) return false;
  return (body.errors as WireError[]).every(({ extensions }) => passingCodes.has(extensions?.["code"]));
}

/** When the server wants to be asked again: the header, in seconds or as a date, or the error's own figure. */
export function retryAfterMs(header: string | null, body: unknown, now: number): number | undefined {
  if (header !== null && header.trim() !== "") {
    const seconds = Number(header);
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
    const date = Date.parse(header);
    if (!Number.isNaN(date)) return Math.max(0, date - now);
  }
  if (typeof body !== "object" || body === null || !("errors" in body) || !Array.isArray(body.errors)) return undefined;
  const told = (body.errors as WireError[])[0]?.extensions?.["retryAfterMs"];
  return typeof told === "number" ? told : undefined;
}

/** Rejects with the signal's reason when it is aborted. */
export function sleep(ms: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error("aborted"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal?.aborted === true) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
