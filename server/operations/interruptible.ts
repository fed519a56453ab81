export interface InterruptOptions {
  /** Ends the iteration with its reason. */
  readonly signal?: AbortSignal;
  /** Ends it when the next item takes longer; what happens between two items doesn't count. */
  readonly idle?: { readonly ms: number; readonly error: () => Error };
}

/** Iterates until an interruption, which also ends a wait for an item that never comes. */
export async function* interruptible<Item>(
  items: AsyncIterable<Item>,
  { signal, idle }: InterruptOptions,
): AsyncGenerator<Item> {
  const source = items[Symbol.asyncIterator]();
  let isDone = false;
  try {
    for (;;) {
      const next = await nextOrInterrupt(source, signal, idle);
      if (next.done === true) {
        isDone = true;
        return;
      }
      yield next.value;
    }
  } finally {
    // Not awaited: a generator that waits for its own source answers only when that does.
    if (!isDone) void Promise.resolve(source.return?.()).catch(() => undefined);
  }
}

/** One promise per item, not a race with one that lives as long as the iteration: that would keep every item's memory. */
function nextOrInterrupt<Item>(
  source: AsyncIterator<Item>,
  signal: AbortSignal | undefined,
  idle: InterruptOptions["idle"],
): Promise<IteratorResult<Item>> {
  return new Promise((resolve, reject) => {
    const onAbort = () => settle(() => reject(signal?.reason));
    const timer = idle === undefined ? undefined : setTimeout(() => settle(() => reject(idle.error())), idle.ms);
    timer?.unref(); // whoever waits here doesn't keep the process
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      finish();
    };
    if (signal?.aborted === true) return onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    const receive = async () => {
      try {
        const next = await source.next();
        settle(() => resolve(next));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    void receive();
  });
}
