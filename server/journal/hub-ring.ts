/** What a ring keeps: something with a place in the journal. */
interface Placed {
  readonly position: bigint;
}

/** The latest items in position order, as many as fit into a number of bytes. */
export class Ring<Item extends Placed> {
  readonly #maxBytes: number;
  readonly #bytesOf: (item: Item) => number;
  #items: { readonly item: Item; readonly bytes: number }[] = [];
  #bytes = 0;
  #start: bigint;

  /** `start`: everything after this place is in the ring, until it has to forget. */
  constructor(start: bigint, maxBytes: number, bytesOf: (item: Item) => number) {
    this.#start = start;
    this.#maxBytes = maxBytes;
    this.#bytesOf = bytesOf;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(item: Item): void {
    const bytes = this.#bytesOf(item);
    this.#items.push({ item, bytes });
    this.#bytes += bytes;
    if (this.#bytes > this.#maxBytes) this.#forget();
  }

  /** The items after a place, in order; undefined when some of them are forgotten. */
  after(position: bigint, limit: number): Item[] | undefined {
    if (position < this.#start) return undefined;
    const first = this.#indexAfter(position);
    return this.#items.slice(first, first + limit).map(({ item }) => item);
  }

  // Down to three quarters, so that not every push has to move the rest.
  #forget(): void {
    let count = 0;
    while (this.#bytes > this.#maxBytes * 0.75 && count < this.#items.length) {
      const oldest = this.#items[count];
      if (oldest === undefined) break;
      this.#bytes -= oldest.bytes;
      this.#start = oldest.item.position;
      count += 1;
    }
    this.#items = this.#items.slice(count);
  }

  #indexAfter(position: bigint): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { item } = this.#items[middle] ?? {};
      if (item !== undefined && item.position <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
