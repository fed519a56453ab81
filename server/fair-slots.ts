export interface FairSlotsOptions {
  /** How many may be taken at a time. */
  readonly total: number;
  /** How many of them one owner may have. */
  readonly perOwner: number;
  /** How many of one owner's wishes wait; a further one is refused at once. */
  readonly maxWaitingPerOwner: number;
  /** How long a wish waits before it is refused. */
  readonly waitMs: number;
  /** The error of a refused wish. */
  readonly refusal: () => Error;
}

interface Wish {
  readonly grant: () => void;
}

interface Owner {
  taken: number;
  readonly wishes: Set<Wish>;
}

/**
 * A limited number of places, given out in turns between the owners who want one: who wants a thousand waits behind who
 * wants one. What is free is given to anybody, up to an owner's limit; so a part is always left to the others.
 */
export class FairSlots {
  readonly #options: FairSlotsOptions;
  /** Whoever has or wants a place; in the order of their turns. */
  readonly #owners = new Map<string, Owner>();
  #taken = 0;
  #waiting = 0;

  constructor(options: FairSlotsOptions) {
    this.#options = options;
  }

  /** How many wishes wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Takes a place: undefined when there was one, else a promise of it. Whoever got one gives it back. The interest's signal
   * is asked for only if it has to wait.
   */
  take(name: string, interest?: { readonly signal: AbortSignal }): Promise<void> | undefined {
    const owner = this.#owner(name);
    if (owner.wishes.size === 0 && this.#isFree(owner)) {
      this.#count(owner);
      return undefined;
    }
    return this.#wait(name, owner, interest?.signal);
  }

  give(name: string): void {
    const owner = this.#owner(name);
    owner.taken -= 1;
    this.#taken -= 1;
    this.#forgetIfIdle(name, owner);
    if (this.#waiting > 0) this.#grantNext();
  }

  #isFree({ taken }: Owner): boolean {
    return this.#taken < this.#options.total && taken < this.#options.perOwner;
  }

  #count(owner: Owner): void {
    owner.taken += 1;
    this.#taken += 1;
  }

  #wait(name: string, owner: Owner, signal: AbortSignal | undefined): Promise<void> {
    const { maxWaitingPerOwner, waitMs, refusal } = this.#options;
    return new Promise((resolve, reject) => {
      if (owner.wishes.size >= maxWaitingPerOwner) {
        this.#forgetIfIdle(name, owner);
        return reject(refusal());
      }
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        owner.wishes.delete(wish);
        this.#waiting -= 1;
        finish();
      };
      const giveUp = (reason: unknown) =>
        settle(() => {
          this.#forgetIfIdle(name, owner);
          reject(reason instanceof Error ? reason : refusal());
        });
      const wish: Wish = { grant: () => settle(resolve) };
      const onAbort = () => giveUp(signal?.reason);
      const timer = setTimeout(() => giveUp(refusal()), waitMs);
      signal?.addEventListener("abort", onAbort, { once: true });
      owner.wishes.add(wish);
      this.#waiting += 1;
    });
  }

  #grantNext(): void {
    for (const [name, owner] of this.#owners) {
      const [wish] = owner.wishes;
      if (wish === undefined || !this.#isFree(owner)) continue;
      // To the end: the next turn is another's.
      this.#owners.delete(name);
      this.#owners.set(name, owner);
      this.#count(owner);
      wish.grant();
      return;
    }
  }

  #owner(name: string): Owner {
    let owner = this.#owners.get(name);
    if (owner === undefined) {
      owner = { taken: 0, wishes: new Set() };
      this.#owners.set(name, owner);
    }
    return owner;
  }

  #forgetIfIdle(name: string, { taken, wishes }: Owner): void {
    if (taken === 0 && wishes.size === 0) this.#owners.delete(name);
  }
}
