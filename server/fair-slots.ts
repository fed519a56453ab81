export interface FairSlotsOptions {
  /** How many may be taken at a time. */
  readonly total: number;
  /** How many of them one owner may have while nobody else wants any. */
  readonly perOwner: number;
  /** How many of them one owner may have while others come, too, and it is crowded: what runs already is in their way. */
  readonly perOwnerWhenShared: number;
  readonly isCrowded: () => boolean;
  /** How many of one owner's wishes wait; a further one is refused. */
  readonly maxWaitingPerOwner: number;
  /**
   * After how long such a one is refused, give or take a half: who asks again at once shouldn't keep the process busy with
   * refusing, nor come back with all others in the same moment.
   */
  readonly refuseAfterMs: number;
  /** How long a wish waits before it is refused. */
  readonly waitMs: number;
  /** The error of a refused wish. */
  readonly refusal: () => Error;
}

/** Of somebody who may have gone before he gets what he waits for. */
export interface Interest {
  /** Calls back when the interest is gone, unless the function that it returns was called before. */
  onGone(listener: (reason: unknown) => void): () => void;
}

interface Wish {
  readonly dueMs: number;
  readonly grant: () => void;
  readonly refuse: (error: Error) => void;
  /** Ends listening for the interest's end. */
  forget?: (() => void) | undefined;
}

interface Owner {
  taken: number;
  /** Leaves the others alone for a while. */
  isResting: boolean;
  /** In the order in which they came. */
  readonly wishes: Wish[];
}

/** How long after two owners came by turns the places count as shared. */
const sharedForMs = 500;

const longestLookMs = 250;

/** An owner rests as long as it has worked, at most. */
const maxRestMs = 100;

/** More refusals than these aren't put off: each takes memory. */
const maxPutOff = 10_000;

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
  #putOff = 0;
  #lastName = "";
  #sharedUntil = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FairSlotsOptions) {
    this.#options = options;
  }

  /** How many wishes wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Takes a place: undefined when there was one, else a promise of it. Whoever got one gives it back. The interest is asked
   * only if it has to wait.
   */
  take(name: string, interest?: Interest): Promise<void> | undefined {
    const owner = this.#owner(name);
    if (name !== this.#lastName) {
      if (this.#lastName !== "") this.#sharedUntil = performance.now() + sharedForMs;
      this.#lastName = name;
    }
    if (owner.wishes.length === 0 && this.#isFree(owner)) {
      this.#count(owner);
      return undefined;
    }
    return this.#wait(name, owner, interest);
  }

  /**
   * Gives a place back. Where it is crowded, an owner who wants more rests as long as it has worked: so the time, too, is
   * shared, and not only the places.
   */
  give(name: string, workedMs = 0): void {
    const owner = this.#owner(name);
    owner.taken -= 1;
    this.#taken -= 1;
    if (workedMs > 0 && owner.wishes.length > 0 && this.#isShared())
      this.#rest(name, owner, Math.min(workedMs, maxRestMs));
    this.#forgetIfIdle(name, owner);
    if (this.#waiting > 0) this.#grantNext();
  }

  #rest(name: string, owner: Owner, ms: number): void {
    owner.isResting = true;
    setTimeout(() => {
      owner.isResting = false;
      this.#forgetIfIdle(name, owner);
      if (this.#waiting > 0) this.#grantNext();
    }, ms);
  }

  #isShared(): boolean {
    return performance.now() < this.#sharedUntil && this.#options.isCrowded();
  }

  #isFree({ taken, isResting }: Owner): boolean {
    const { total, perOwner, perOwnerWhenShared } = this.#options;
    if (this.#taken >= total || taken >= perOwner || isResting) return false;
    return taken < perOwnerWhenShared || !this.#isShared();
  }

  #count(owner: Owner): void {
    owner.taken += 1;
    this.#taken += 1;
  }

  #wait(name: string, owner: Owner, interest: Interest | undefined): Promise<void> {
    const { maxWaitingPerOwner, waitMs } = this.#options;
    return new Promise((resolve, reject) => {
      if (owner.wishes.length >= maxWaitingPerOwner) {
        this.#forgetIfIdle(name, owner);
        return this.#refuse(reject);
      }
      const wish: Wish = { dueMs: performance.now() + waitMs, grant: resolve, refuse: reject };
      wish.forget = interest?.onGone((reason) => this.#giveUp(name, owner, wish, reason));
      owner.wishes.push(wish);
      this.#waiting += 1;
      this.#timer ??= setInterval(() => this.#refuseLate(), Math.min(waitMs / 10, longestLookMs));
    });
  }

  #giveUp(name: string, owner: Owner, wish: Wish, reason?: unknown): void {
    const index = owner.wishes.indexOf(wish);
    if (index < 0) return;
    owner.wishes.splice(index, 1);
    this.#waiting -= 1;
    wish.forget?.();
    this.#forgetIfIdle(name, owner);
    wish.refuse(reason instanceof Error ? reason : this.#options.refusal());
  }

  /** One timer for all: nearly every wish is granted long before. */
  #refuseLate(): void {
    if (this.#waiting === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const nowMs = performance.now();
    for (const [name, owner] of this.#owners) {
      for (const wish of owner.wishes.filter(({ dueMs }) => dueMs <= nowMs)) this.#giveUp(name, owner, wish);
    }
  }

  #refuse(reject: (reason: Error) => void): void {
    const { refuseAfterMs, refusal } = this.#options;
    if (refuseAfterMs === 0 || this.#putOff >= maxPutOff) return reject(refusal());
    this.#putOff += 1;
    setTimeout(
      () => {
        this.#putOff -= 1;
        reject(refusal());
      },
      refuseAfterMs * (0.5 + Math.random()),
    );
  }

  #grantNext(): void {
    for (const [name, owner] of this.#owners) {
      if (owner.wishes.length === 0 || !this.#isFree(owner)) continue;
      // To the end: the next turn is another's.
      this.#owners.delete(name);
      this.#owners.set(name, owner);
      this.#count(owner);
      this.#waiting -= 1;
      const wish = owner.wishes.shift();
      wish?.forget?.();
      wish?.grant();
      return;
    }
  }

  #owner(name: string): Owner {
    let owner = this.#owners.get(name);
    if (owner === undefined) {
      owner = { taken: 0, isResting: false, wishes: [] };
      this.#owners.set(name, owner);
    }
    return owner;
  }

  #forgetIfIdle(name: string, { taken, isResting, wishes }: Owner): void {
    if (taken === 0 && wishes.length === 0 && !isResting) this.#owners.delete(name);
  }
}
