import type { Span } from "./open-hours.ts";

/** Times that are taken: answers questions whose begin never goes back, each in a step or two. */
export class BusyTimes {
  readonly #spans: readonly Span[];
  #next = 0;

  /** In order of their begin, and none within another: as claims of one resource are. */
  constructor(spans: readonly Span[]) {
    this.#spans = spans;
  }

  /** Whether nothing of [from, to) is taken. */
  isFree(from: number, to: number): boolean {
    while ((this.#spans[this.#next]?.to ?? Infinity) <= from) this.#next += 1;
    return (this.#spans[this.#next]?.from ?? Infinity) >= to;
  }
}
