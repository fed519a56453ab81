import { dayMs, minuteMs } from "./clock-time.ts";
import { joinSpans, type OpenWindow } from "./open-hours.ts";
import type { ZoneClock } from "./zone-clock.ts";

export interface SlotShape {
  readonly durationMin: number;
  /** Starts stand at multiples of it, counted from midnight on the clock. */
  readonly gridMin: number;
}

/**
 * When a session may start so that it lies within the windows: instants in [from, to), in order. A start that the clocks skip
 * isn't there; one that they show twice is there twice. A session may run from one window into the next.
 */
export function slotStarts(
  windows: readonly OpenWindow[],
  clock: ZoneClock,
  { durationMin, gridMin }: SlotShape,
  { from, to }: { readonly from: number; readonly to: number },
): number[] {
  const starts: number[] = [];
  const open = joinSpans(windows);
  let span = 0;
  let latest = -Infinity;
  for (const window of windows) {
    for (const start of startsIn(window, clock, gridMin)) {
      if (start <= latest || start < from) continue;
      if (start >= to) break;
      while ((open[span]?.to ?? Infinity) <= start) span += 1;
      if (start + durationMin * minuteMs > (open[span]?.to ?? -Infinity)) continue;
      starts.push(start);
      latest = start;
    }
  }
  return starts;
}

/** The grid's instants in one window, stretch by stretch of the zone, so that a step is always that long in real time, too. */
function startsIn({ day, hours, from, to }: OpenWindow, clock: ZoneClock, gridMin: number): number[] {
  const starts: number[] = [];
  const midnight = day * dayMs;
  const step = gridMin * minuteMs;
  for (const stretch of clock.stretches) {
    const begin = Math.max(from, stretch.from);
    const end = Math.min(to, stretch.to);
    if (begin >= end) continue;
    // The clock may show an hour before or after the window's own, where it was changed inside the window.
    const lower = Math.max(begin + stretch.offset, midnight + hours.start * minuteMs);
    const upper = Math.min(end + stretch.offset, midnight + hours.end * minuteMs);
    for (let local = midnight + Math.ceil((lower - midnight) / step) * step; local < upper; local += step) {
      starts.push(local - stretch.offset);
    }
  }
  return starts;
}

/** Whether an instant stands on the grid of its own day. */
export function isOnGrid(instant: number, clock: ZoneClock, gridMin: number): boolean {
  const local = clock.localOf(instant);
  return (local - Math.floor(local / dayMs) * dayMs) % (gridMin * minuteMs) === 0;
}
