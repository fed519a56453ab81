import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { SweepFailure } from "./sweep-failure.ts";
import type { Sweep } from "./sweep.port.ts";

/** Every kind of due work that the server knows. Each domain registers its own when it is composed. */
export class Sweeps {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #sweeps = new Map<string, Sweep>();

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  register(...sweeps: readonly Sweep[]): void {
    for (const sweep of sweeps) {
      if (this.#sweeps.has(sweep.name)) throw new Error(`two sweeps are named ${sweep.name}`);
      this.#sweeps.set(sweep.name, sweep);
    }
  }

  get all(): readonly Sweep[] {
    return [...this.#sweeps.values()];
  }

  /** Runs one kind at the clock's instant. A name that this version doesn't know is another version's: nothing to do. */
  async run(name: string): Promise<void> {
    const sweep = this.#sweeps.get(name);
    if (sweep !== undefined) await this.#run(sweep, this.#clock());
  }

  /**
   * Runs every kind at the clock's instant, in the order of their registration. What one of them makes due at once (a mail
   * about credits that have expired) is done too: those that were registered before it are run once more. One that fails
   * keeps no other from its turn.
   */
  async runAll(): Promise<void> {
    const at = this.#clock();
    const errors = new Map<string, unknown>();
    const twice = [...this.#sweeps.values(), ...this.#sweeps.values()];
    for (const sweep of twice) await this.#run(sweep, at).catch((error: unknown) => errors.set(sweep.name, error));
    const [first, ...others] = errors.values();
    if (others.length > 0) throw new AggregateError(errors.values(), `sweeps failed: ${[...errors.keys()].join(", ")}`);
    if (first !== undefined) throw first;
  }

  /** The job of a sweep that left something fails, too: whoever watches jobs sees it, and the log has each unit with its tenant. */
  async #run(sweep: Sweep, at: Date): Promise<void> {
    try {
      await sweep.runDue(at);
    } catch (error) {
      if (error instanceof SweepFailure) {
        for (const { tenantId, unit, error: err } of error.failed) {
          this.#log.error({ err, sweep: sweep.name, tenantId, unit }, "due work failed and is tried again");
        }
      }
      throw error;
    }
  }
}
