import { dayMs, weekOf } from "./clock-time.ts";
import type { ZoneClock } from "./zone-clock.ts";

export interface SessionLimits {
  readonly dayLimit: number | null;
  readonly weekLimit: number | null;
}

/** How many sessions a coach has on each day and in each week of his own clock. A session belongs to the day that it starts on. */
export class SessionCounts {
  readonly #limits: SessionLimits;
  readonly #clock: ZoneClock;
  readonly #days = new Map<number, number>();
  readonly #weeks = new Map<number, number>();

  constructor(limits: SessionLimits, clock: ZoneClock, starts: Iterable<number>) {
    this.#limits = limits;
    this.#clock = clock;
    for (const start of starts) {
      const day = this.#dayOf(start);
      this.#days.set(day, (this.#days.get(day) ?? 0) + 1);
      this.#weeks.set(weekOf(day), (this.#weeks.get(weekOf(day)) ?? 0) + 1);
    }
  }

  /** Which limit one more session would pass; null: none. */
  passedBy(start: number): "DAY_LIMIT" | "WEEK_LIMIT" | null {
    const { dayLimit, weekLimit } = this.#limits;
    if (dayLimit === null && weekLimit === null) return null;
    const day = this.#dayOf(start);
    if (dayLimit !== null && (this.#days.get(day) ?? 0) >= dayLimit) return "DAY_LIMIT";
    return weekLimit !== null && (this.#weeks.get(weekOf(day)) ?? 0) >= weekLimit ? "WEEK_LIMIT" : null;
  }

  #dayOf(start: number): number {
    return Math.floor(this.#clock.localOf(start) / dayMs);
  }
}
