import type { Range } from "./calendar.queries.ts";
import { dayMs } from "./clock-time.ts";
import { ZoneClock } from "./zone-clock.ts";

/** Days that a limit's week, a window of the day before and a zone's date may reach beyond the range. */
export const marginMs = 9 * dayMs;

/** The clocks of a computation's zones: made once each. */
export class ZoneClocks {
  readonly #range: Range;
  readonly #clocks = new Map<string, ZoneClock>();

  constructor(range: Range) {
    this.#range = range;
  }

  of(timeZone: string): ZoneClock {
    let clock = this.#clocks.get(timeZone);
    if (clock === undefined) {
      clock = new ZoneClock(timeZone, this.#range.from - marginMs, this.#range.to + marginMs);
      this.#clocks.set(timeZone, clock);
    }
    return clock;
  }
}
