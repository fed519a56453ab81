import { circuitThreshold, durationOf, pauseAfter, type RetrySchedule } from "./retry-schedule.ts";

/** How an endpoint has done lately. */
export interface EndpointHealth {
  /** Failed attempts since the last success. */
  readonly failures: number;
  readonly failingSince: Date | null;
  /** The circuit is open until then. */
  readonly pausedUntil: Date | null;
}

export const healthy: EndpointHealth = { failures: 0, failingSince: null, pausedUntil: null };

/** The health after one more attempt. */
export function healthAfter(
  health: EndpointHealth,
  isSuccess: boolean,
  now: Date,
  schedule: RetrySchedule,
): EndpointHealth {
  if (isSuccess) return healthy;
  const failures = health.failures + 1;
  const pauseMs = pauseAfter(failures, schedule);
  return {
    failures,
    failingSince: health.failingSince ?? now,
    pausedUntil: pauseMs === 0 ? null : new Date(now.getTime() + pauseMs),
  };
}

/** All attempts together take at least this part of the schedule's duration. */
const shortest = 0.8;

/**
 * Whether the endpoint is given up: many failures in a row, for as long as a delivery is tried. `isExhausted`: one delivery
 * has used up its attempts, of which chance may have made the waits shorter.
 */
export function isDead(
  { failures, failingSince }: EndpointHealth,
  isExhausted: boolean,
  now: Date,
  schedule: RetrySchedule,
): boolean {
  if (failingSince === null || failures < Math.min(circuitThreshold, schedule.delaysMs.length)) return false;
  const longest = durationOf(schedule) * (isExhausted ? shortest : 1);
  return now.getTime() - failingSince.getTime() >= longest;
}
