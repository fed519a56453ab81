import { performance } from "node:perf_hooks";

const sampleMs = 100;
/** Above this part of the time, whoever comes finds the process at work for somebody else. */
const busyFrom = 0.7;

/** Tells how busy the process's event loop is: looked at when somebody asks, at most every tenth of a second. */
export class LoopLoad {
  #sample = performance.eventLoopUtilization();
  #sampledAt = performance.now();
  #isBusy = false;

  get isBusy(): boolean {
    const now = performance.now();
    if (now - this.#sampledAt >= sampleMs) {
      const sample = performance.eventLoopUtilization();
      this.#isBusy = performance.eventLoopUtilization(sample, this.#sample).utilization > busyFrom;
      this.#sample = sample;
      this.#sampledAt = now;
    }
    return this.#isBusy;
  }
}
