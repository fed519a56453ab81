export interface StallOptions {
  /** How long nothing may come of it. */
  readonly ms: number;
  /** Tells the work to end; returns the error. The work itself goes on until it notices. */
  readonly onStall: () => Error;
}

/** Waits for work that is done bit by bit and says so. Rejects when nothing has come of it for a while. */
export function whileProgressing<Result>(
  work: (progress: () => void) => Promise<Result>,
  { ms, onStall }: StallOptions,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(onStall()), ms);
    work(() => void timer.refresh()).then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error as Error);
      },
    );
  });
}
