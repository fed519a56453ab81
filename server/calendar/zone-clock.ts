import { Temporal } from "temporal-polyfill";

/** A time in which a zone's clocks keep one distance from UTC. Half-open, in milliseconds since 1970, as all here. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** What the clocks show is the instant plus this. */
  readonly offset: number;
}

/**
 * What a zone's clocks show in a span of time. It asks Temporal for the changes once; all else is sums, which is what makes
 * thousands of slots cheap. A clock time is written as the milliseconds that UTC would have with the same digits.
 */
export class ZoneClock {
  /** Without gaps, in order; they cover the span. */
  readonly stretches: readonly Stretch[];

  /** The zone has to be one that Intl knows. Outside the span its first and its last offset are taken to go on. */
  constructor(timeZone: string, from: number, to: number) {
    this.stretches = findStretches(timeZone, from, to);
  }

  /** What the clocks show at an instant. */
  localOf(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  offsetAt(instant: number): number {
    for (const { to, offset } of this.stretches) if (instant < to) return offset;
    return this.stretches.at(-1)?.offset ?? 0;
  }

  /**
   * The one instant that a clock time stands for as the bound of a window, as Temporal's 'compatible' has it: the earlier of
   * two; where there is none, as far behind the change as the clock time is behind the gap's beginning.
   */
  boundOf(local: number): number {
    for (const { offset, from, to } of this.stretches) {
      const instant = local - offset;
      if (instant >= from && instant < to) return instant;
    }
    const behind = this.stretches.findIndex(({ to, offset }) => local - offset < to);
    return local - (this.stretches[behind - 1]?.offset ?? 0);
  }
}

function findStretches(timeZone: string, from: number, to: number): Stretch[] {
  const stretches: Stretch[] = [];
  let moment = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  let begin = -Infinity;
  for (;;) {
    const offset = moment.offsetNanoseconds / 1e6;
    const change = moment.getTimeZoneTransition("next");
    const end = change === null || change.epochMilliseconds > to ? Infinity : change.epochMilliseconds;
    stretches.push({ from: begin, to: end, offset });
    if (change === null || end === Infinity) return stretches;
    begin = end;
    moment = change;
  }
}
