interface Step {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

/** A clock that stands until the test moves it: `startApp({ clock: new TestClock("2026-11-21T10:00:00Z") })`. */
export class TestClock {
  #instant: Date;

  constructor(start: Date | string = new Date()) {
    this.#instant = new Date(start);
  }

  readonly now = (): Date => new Date(this.#instant);

  set(instant: Date | string): void {
    this.#instant = new Date(instant);
  }

  /** Days of 24 hours: a clock knows no time zone. */
  advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Step): void {
    this.#instant = new Date(this.#instant.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000);
  }
}
