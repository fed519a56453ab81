import type { Clock } from "../clock.ts";
import type { Sweep } from "./sweep.port.ts";

/** Every kind of due work that the server knows. Each domain registers its own when it is composed. */
export class Sweeps {
  readonly #clock: Clock;
  readonly #sweeps = new Map<string, Sweep>();

  constructor(clock: Clock) {
    this.#clock = clock;
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
    await this.#sweeps.get(name)?.runDue(this.#clock());
  }

  /**
   * Runs every kind at the clock's instant, in the order of their registration. What one of them makes due at once (a mail
   * about credits that have expired) is done too: those that were registered before it are run once more.
   */
  async runAll(): Promise<void> {
    const at = this.#clock();
    const twice = [...this.#sweeps.values(), ...this.#sweeps.values()];
    for (const sweep of twice) await sweep.runDue(at);
  }
}
