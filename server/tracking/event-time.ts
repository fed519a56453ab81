export interface TimesSent {
  readonly timestamp: unknown;
  readonly sentAt: unknown;
  readonly messageId: string | undefined;
}

export interface EventTimes {
  /** When it happened, by our clock. */
  readonly time: Date;
  /** `2026-11-21`, of the message as it was sent: the same whenever it is sent again. */
  readonly day: string;
}

/** Nothing that happened before is told by anybody whose clock is right. */
const earliestMs = Date.UTC(2000, 0, 1);
const dayLimits = { first: Date.parse("0001-01-01T00:00:00Z"), last: Date.parse("9999-12-31T00:00:00Z") };

/**
 * A sender's clock may be wrong by years, but it is wrong alike for when something happened and when it was sent: so the age is
 * right, and that is what counts. What would have happened later than it arrived, or before 2000, happened when it arrived.
 */
export function timesOf({ timestamp, sentAt, messageId }: TimesSent, receivedAt: Date): EventTimes {
  const receivedMs = receivedAt.getTime();
  const saidMs = msOf(timestamp) ?? msOfUuid(messageId);
  const sentMs = msOf(sentAt);
  const ms = saidMs === undefined || sentMs === undefined ? (saidMs ?? receivedMs) : receivedMs - (sentMs - saidMs);
  const isPossible = ms >= earliestMs && ms <= receivedMs;
  return { time: new Date(isPossible ? ms : receivedMs), day: dayOf(saidMs ?? receivedMs) };
}

/** Instants as clients write them: ISO 8601, or milliseconds since 1970. */
function msOf(value: unknown): number | undefined {
  const ms =
    typeof value === "number" ? new Date(value).getTime() : typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** RFC 9562 §5.7: the first 48 bits are milliseconds since 1970. */
function msOfUuid(id: string | undefined): number | undefined {
  const hex = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.exec(id ?? "");
  return hex === null ? undefined : Number.parseInt(`${hex[1]}${hex[2]}`, 16);
}

/** A day that PostgreSQL and we write alike: years have four digits. */
function dayOf(ms: number): string {
  return new Date(Math.min(Math.max(ms, dayLimits.first), dayLimits.last)).toISOString().slice(0, 10);
}
