import { dayMs, minuteMs, weekdayOf } from "./clock-time.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** Part of a day on a clock, in minutes since midnight: [start, end), at most 1,440. */
export interface Hours {
  readonly start: number;
  readonly end: number;
}

/** When somebody is there, on the clocks of his zone. */
export interface OpenHours {
  readonly timeZone: string;
  /** By weekday, 1 is Monday. */
  readonly weekly: ReadonlyMap<number, readonly Hours[]>;
  /** By day since 1970: instead of the weekly hours of this date; none: closed. */
  readonly overrides: ReadonlyMap<number, readonly Hours[]>;
}

/** Hours of one date as instants. */
export interface OpenWindow {
  readonly day: number;
  readonly hours: Hours;
  readonly from: number;
  readonly to: number;
}

/** Windows whose date may have instants in [from, to), in order. The clock has to cover the span and a day on both sides. */
export function openWindows(open: OpenHours, clock: ZoneClock, from: number, to: number): OpenWindow[] {
  const windows: OpenWindow[] = [];
  const first = Math.floor(clock.localOf(from) / dayMs) - 1;
  const last = Math.floor(clock.localOf(to) / dayMs) + 1;
  for (let day = first; day <= last; day += 1) {
    const hours = open.overrides.get(day) ?? open.weekly.get(weekdayOf(day));
    if (hours === undefined) continue;
    for (const part of joinHours(hours)) {
      const window = {
        day,
        hours: part,
        from: clock.boundOf(day * dayMs + part.start * minuteMs),
        to: clock.boundOf(day * dayMs + part.end * minuteMs),
      };
      if (window.from < window.to) windows.push(window);
    }
  }
  return windows;
}

/** In order, and those that touch or overlap made one. */
function joinHours(hours: readonly Hours[]): Hours[] {
  return joinSpans(hours.map(({ start, end }) => ({ from: start, to: end }))).map(({ from, to }) => ({
    start: from,
    end: to,
  }));
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** In order, and those that touch or overlap made one. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}
