import type { WebhookAttemptOutcome } from "../../schema/webhook.ts";
import { delayAfter, readRetryAfter, type RetrySchedule } from "./retry-schedule.ts";
import type { WebhookAnswer } from "./send-webhook.ts";

/** What one attempt came to, before anybody decides what follows. */
export interface AttemptResult {
  readonly outcome: Exclude<WebhookAttemptOutcome, "RUNNING">;
  readonly statusCode: number | null;
  readonly error: string | null;
  readonly answer: string | null;
  readonly retryAfterMs: number | null;
}

/** What follows from it for the delivery. */
export type Verdict =
  | { readonly next: "SUCCEEDED" | "FAILED" }
  | { readonly next: "RETRY"; readonly afterMs: number }
  /** The schedule is used up. */
  | { readonly next: "EXHAUSTED" };

/** Statuses that may be others next time (RFC 9110; 425: RFC 8470), beside all of 5xx. */
const temporary: ReadonlySet<number> = new Set([408, 409, 425, 429]);

export function readAnswer(answer: WebhookAnswer, now: Date): AttemptResult {
  if (answer.kind !== "ANSWERED") {
    return { outcome: answer.kind, statusCode: null, error: answer.message, answer: null, retryAfterMs: null };
  }
  const { statusCode, text } = answer;
  return {
    outcome: outcomeOf(statusCode),
    statusCode,
    error: null,
    answer: text === "" ? null : text,
    retryAfterMs: readRetryAfter(answer.retryAfter, now),
  };
}

function outcomeOf(statusCode: number): AttemptResult["outcome"] {
  if (statusCode >= 200 && statusCode < 300) return "SUCCEEDED";
  return statusCode >= 300 && statusCode < 400 ? "REDIRECTED" : "HTTP_ERROR";
}

/** `attempt` counts from 1 in its round. A test (`isOnce`) isn't tried again. */
export function judge(
  { outcome, statusCode, retryAfterMs }: Pick<AttemptResult, "outcome" | "statusCode" | "retryAfterMs">,
  { attempt, isOnce }: { readonly attempt: number; readonly isOnce: boolean },
  schedule: RetrySchedule,
): Verdict {
  switch (outcome) {
    case "SUCCEEDED":
      return { next: "SUCCEEDED" };
    case "REDIRECTED":
    case "ADDRESS_REFUSED":
      return { next: "FAILED" };
    case "INTERRUPTED":
      return { next: "RETRY", afterMs: 0 };
    case "HTTP_ERROR":
      if (!temporary.has(statusCode ?? 0) && (statusCode ?? 0) < 500) return { next: "FAILED" };
      break;
    case "NETWORK_ERROR":
    case "TIMEOUT":
    case "PAYLOAD_FAILED":
      break;
  }
  if (isOnce) return { next: "FAILED" };
  const afterMs = delayAfter(attempt, schedule, retryAfterMs);
  return afterMs === null ? { next: "EXHAUSTED" } : { next: "RETRY", afterMs };
}
