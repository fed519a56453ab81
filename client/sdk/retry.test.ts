import { describe, expect, it } from "@jest/globals";
import { backoffMs, defaultRetry, isRepeatable, isSurelyUnsent, retryAfterMs } from "./retry.ts";

describe("pauses", () => {
  it("double up to a bound, and are random in their upper half", () => {
    const bounds = [0, 1, 2, 10, 1_000].map((failures) => [
      backoffMs(failures, defaultRetry, () => 0),
      backoffMs(failures, defaultRetry, () => 1),
    ]);
    expect(bounds).toEqual([
      [100, 200],
      [200, 400],
      [400, 800],
      [5_000, 10_000],
      [5_000, 10_000],
    ]);
  });

  it("follow Retry-After in seconds or as a date, else the error's own figure", () => {
    const now = Date.parse("2026-11-21T09:00:00Z");
    const body = { errors: [{ message: "", extensions: { retryAfterMs: 700 } }] };
    expect(retryAfterMs("2", body, now)).toBe(2_000);
    expect(retryAfterMs("Sat, 21 Nov 2026 09:00:05 GMT", undefined, now)).toBe(5_000);
    expect(retryAfterMs("Sat, 21 Nov 2026 08:00:00 GMT", undefined, now)).toBe(0);
    expect(retryAfterMs(null, body, now)).toBe(700);
    expect(retryAfterMs("soon", undefined, now)).toBeUndefined();
    expect(retryAfterMs(null, undefined, now)).toBeUndefined();
  });
});

describe("what may be sent again", () => {
  const unavailable = { errors: [{ message: "", extensions: { code: "UNAVAILABLE" } }] };

  it("is every request that failed in passing, when it can be executed twice", () => {
    const repeated = [200, 400, 401, 429, 500, 502, 503, 504].filter((status) =>
      isRepeatable(status, undefined, "always"),
    );
    expect(repeated).toEqual([429, 502, 503, 504]);
  });

  it("is also an answer of which nothing came because a part of the server is away", () => {
    const failed = (code: string, data: unknown = null) => ({
      data,
      errors: [{ message: "", path: ["leads"], extensions: { code } }],
    });
    expect(isRepeatable(200, failed("UNAVAILABLE"), "always")).toBe(true);
    expect(isRepeatable(200, failed("UNAVAILABLE", { viewer: {} }), "always")).toBe(false);
    expect(isRepeatable(200, failed("INTERNAL"), "always")).toBe(false);
    expect(isRepeatable(200, failed("UNAVAILABLE"), "when-not-executed")).toBe(false);
  });

  it("is also what the server still does for the same key, and nothing that it refuses for good", () => {
    const refused = (code: string) => ({ errors: [{ message: "", extensions: { code } }] });
    expect(isRepeatable(409, refused("IDEMPOTENCY_CONCURRENT_REQUEST"), "always")).toBe(true);
    expect(isRepeatable(409, refused("IDEMPOTENCY_CONCURRENT_REQUEST"), "when-not-executed")).toBe(false);
    expect(isRepeatable(422, refused("IDEMPOTENCY_KEY_PARAMETER_MISMATCH"), "always")).toBe(false);
  });

  it("is only what was surely not executed, when it can't", () => {
    expect(isRepeatable(503, unavailable, "when-not-executed")).toBe(true);
    expect(isRepeatable(503, { statusCode: 503, error: "Service Unavailable" }, "when-not-executed")).toBe(true);
    expect(isRepeatable(503, undefined, "when-not-executed")).toBe(false);
    expect(isRepeatable(502, unavailable, "when-not-executed")).toBe(false);
    const inField = { errors: [{ message: "", path: ["moveLead"], extensions: { code: "UNAVAILABLE" } }] };
    expect(isRepeatable(503, inField, "when-not-executed")).toBe(false);
    const timeout = { errors: [{ message: "", extensions: { code: "EXECUTION_TIMEOUT" } }] };
    expect(isRepeatable(503, timeout, "when-not-executed")).toBe(false);
  });

  it("knows a refused connection from a lost one", () => {
    const failed = (code: string) => new TypeError("fetch failed", { cause: Object.assign(new Error(), { code }) });
    expect(isSurelyUnsent(failed("ECONNREFUSED"))).toBe(true);
    expect(isSurelyUnsent(failed("ECONNRESET"))).toBe(false);
    expect(isSurelyUnsent(new TypeError("Failed to fetch"))).toBe(false);
  });
});
