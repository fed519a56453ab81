import { eachDue } from "./each-due.ts";

export interface BatchesOrEach<Unit> {
  /** Does many units in one transaction; 0 when none is left. */
  batch(): Promise<number>;
  find(most: number): Promise<readonly Unit[]>;
  /** Does one in a transaction of its own; what fails is the callee's to note. */
  each(unit: Unit): Promise<unknown>;
}

/** In batches while they succeed. What fails in one fails all of it, so then it is done one by one, and only that one is left. */
export async function batchesOrEach<Unit extends { readonly id: string }>(work: BatchesOrEach<Unit>): Promise<void> {
  try {
    while ((await work.batch()) > 0) {
      // the next ones
    }
  } catch {
    await eachDue(
      (most) => work.find(most),
      (unit) => work.each(unit),
    );
  }
}
