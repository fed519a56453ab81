import { dayMs, minuteMs, two, writeDay, writeOffset } from "./clock-time.ts";
import type { ZoneClock } from "./zone-clock.ts";

const minutesOfDay = 1_440;

/** Writes what a zone's clocks show, as RFC 3339 has it: "2026-03-29T14:00:00+02:00". For thousands of instants of few days. */
export class LocalTimes {
  readonly #clock: ZoneClock;
  readonly #days = new Map<number, string>();
  readonly #offsets = new Map<number, string>();

  constructor(clock: ZoneClock) {
    this.#clock = clock;
  }

  write(instant: number): string {
    const offset = this.#clock.offsetAt(instant);
    const local = instant + offset;
    const day = Math.floor(local / dayMs);
    const seconds = Math.floor((local - day * dayMs) / 1_000);
    const minutes = Math.floor(seconds / 60) % minutesOfDay;
    const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
    return `${remembered(this.#days, day, writeDay)}T${time}${remembered(this.#offsets, offset / minuteMs, writeOffset)}`;
  }
}

function remembered(known: Map<number, string>, key: number, write: (key: number) => string): string {
  const text = known.get(key) ?? write(key);
  known.set(key, text);
  return text;
}
