/** What can be in a bag. The number is the bag's. */
export interface Bagged {
  place: number;
}

/**
 * Objects that come and go by the thousand, in no order. A Set would do the same, but V8 chains a Set's outgrown tables, for whoever
 * iterates over them, and an old one keeps all that were in it or in its successors alive until the next full garbage
 * collection: every request of a busy server would be moved to the old generation.
 */
export class Bag<Item extends Bagged> {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** A copy: what is looked at may leave meanwhile. */
  items(): readonly Item[] {
    return this.#items.slice();
  }

  add(item: Item): void {
    item.place = this.#items.length;
    this.#items.push(item);
  }

  /** Does nothing when it isn't in the bag. */
  delete(item: Item): void {
    if (this.#items[item.place] !== item) return;
    const last = this.#items.pop();
    if (last === undefined || last === item) return;
    this.#items[item.place] = last;
    last.place = item.place;
  }
}
