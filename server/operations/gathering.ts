import { setImmediate as turn } from "node:timers/promises";

/** What became of one of many that were done at once. Undefined: it has to wait, because one before it comes first. */
export type Outcome<Result> = { readonly result: Result } | { readonly error: Error } | undefined;

/** Nothing was done for this one: another one has to come first, or doing it for all has failed. */
export class PutOff extends Error {
  override readonly name = "PutOff";

  constructor(options?: ErrorOptions) {
    super("the request has to come again", options);
  }
}

type DoAll<Item, Result> = (items: readonly Item[]) => Promise<readonly Outcome<Result>[]>;

/** A request's place among those that run at the same time. */
export interface Place {
  /** Waits until all the others have arrived too, or have ended; then `doAll` does what is to be done for all of them, in order. */
  arrive<Item, Result>(item: Item, doAll: DoAll<Item, Result>): Promise<Result>;
}

/** Requests that go on with their results before others of the process get a turn. */
const resultsPerTurn = 10;

interface Arrival {
  readonly index: number;
  readonly item: unknown;
  readonly doAll: DoAll<unknown, unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Requests that run at the same time, so that a mutation that can be done for many with a few statements is
 * (docs/decisions/0015-bulk-operations.md). While `doAll` runs nobody else does anything: all of them wait or have ended.
 */
export class Gathering {
  readonly #open: Set<number>;
  readonly #arrivals: Arrival[] = [];
  #firstPutOff = Infinity;
  #failure: unknown;

  constructor(size: number) {
    this.#open = new Set(Array.from({ length: size }, (_, index) => index));
  }

  /** The first one that has to come again; Infinity: none has. */
  get firstPutOff(): number {
    return this.#firstPutOff;
  }

  /** Why nothing was done for anybody. */
  get failure(): unknown {
    return this.#failure;
  }

  place(index: number): Place {
    return {
      arrive: <Item, Result>(item: Item, doAll: DoAll<Item, Result>) =>
        new Promise<Result>((resolve, reject) => {
          // A gathering is of one mutation, so all of its items and results are of the same types.
          const arrival = { index, item, doAll, resolve, reject } as unknown as Arrival;
          this.#arrivals.push(arrival);
          this.#close(index);
        }),
    };
  }

  /** Nobody needs to wait for this one any more. */
  leave(index: number): void {
    if (this.#open.has(index)) this.#close(index);
  }

  #close(index: number): void {
    this.#open.delete(index);
    if (this.#open.size === 0) void this.#doAll();
  }

  async #doAll(): Promise<void> {
    const arrivals = this.#arrivals.toSorted((a, b) => a.index - b.index);
    const [first] = arrivals;
    if (first === undefined) return;
    try {
      const outcomes = await first.doAll(arrivals.map(({ item }) => item));
      for (const [number, { index, resolve, reject }] of arrivals.entries()) {
        if (number % resultsPerTurn === resultsPerTurn - 1) await turn();
        const outcome = outcomes[number];
        if (outcome === undefined) {
          this.#firstPutOff = Math.min(this.#firstPutOff, index);
          reject(new PutOff());
        } else if ("error" in outcome) reject(outcome.error);
        else resolve(outcome.result);
      }
    } catch (error) {
      this.#failure = error;
      for (const { reject } of arrivals) reject(new PutOff({ cause: error }));
    }
  }
}
