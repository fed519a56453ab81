const lookMs = 50;

/** How long the event loop was kept by one thing, in time of the processor: whatever else runs on this machine doesn't count. */
export class Blockage {
  readonly #allowedMs: number;
  readonly #onBlocked: (ms: number) => void;
  readonly #timer: NodeJS.Timeout;
  #usage = process.threadCpuUsage();
  #longestMs = 0;

  constructor({ allowedMs, onBlocked }: { readonly allowedMs: number; readonly onBlocked: (ms: number) => void }) {
    this.#allowedMs = allowedMs;
    this.#onBlocked = onBlocked;
    this.#timer = setInterval(() => this.#look(), lookMs);
  }

  get longestMs(): number {
    return Math.round(this.#longestMs);
  }

  /** What it did itself, such as collecting garbage, doesn't count. */
  forget(): void {
    this.#usage = process.threadCpuUsage();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { user, system } = process.threadCpuUsage(this.#usage);
    this.forget();
    const ms = (user + system) / 1_000;
    this.#longestMs = Math.max(this.#longestMs, ms);
    if (ms > this.#allowedMs) this.#onBlocked(ms);
  }
}
