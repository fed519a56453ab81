/** When a delivery is tried: as many attempts as there are delays, each so long after the one before. */
export interface RetrySchedule {
  readonly delaysMs: readonly number[];
  /** 0 to 1: chance is a parameter. */
  readonly random: () => number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Twelve attempts within 71 hours. */
export const defaultDelaysMs: readonly number[] = [
  ...[0, 5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute],
  ...[hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour, 24 * hour],
];

const jitter = 0.2;
const maxRetryAfterMs = 24 * hour;

/** How long to wait after this attempt (1 is the first) failed; null: it was the last one. */
export function delayAfter(
  attempt: number,
  { delaysMs, random }: RetrySchedule,
  retryAfterMs: number | null = null,
): number | null {
  const planned = delaysMs[attempt];
  if (planned === undefined) return null;
  const spread = planned * (1 - jitter + 2 * jitter * random());
  // The receiver knows best when it can take more; a day is the longest that it can ask for.
  return Math.round(Math.max(spread, Math.min(retryAfterMs ?? 0, maxRetryAfterMs)));
}

/** How long an endpoint is spared after this many failures in a row; 0: not at all. */
export function pauseAfter(failures: number, { delaysMs }: RetrySchedule): number {
  if (failures < circuitThreshold) return 0;
  const step = Math.min(1 + Math.floor((failures - circuitThreshold) / 2), longestPauseStep);
  return delaysMs[step] ?? delaysMs.at(-1) ?? 0;
}

/** Failures in a row that open the circuit. */
export const circuitThreshold = 10;
/** The fifth delay is ten minutes: an endpoint that is well again hears of it by then. */
const longestPauseStep = 4;

/** From the first attempt to the last one. */
export function durationOf({ delaysMs }: RetrySchedule): number {
  return delaysMs.reduce((sum, delay) => sum + delay, 0);
}

/** Retry-After in milliseconds: seconds or a date (RFC 9110, 10.2.3); null when it is neither. */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * second;
  // Date.parse takes much that is no date of HTTP: those begin with a weekday's name.
  const at = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
