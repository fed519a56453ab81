/** Leaves from start on, without end: a subtree, which its hash stands for. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** Where a tree of this many leaves, two or more, is split: the largest power of two below it. */
export function splitOf(width: number): number {
  let split = 1;
  while (split * 2 < width) split *= 2;
  return split;
}

/** The subtrees whose hashes lead from a leaf to the root, the leaf's neighbour first (PATH in RFC 6962 §2.1.1). */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (index < 0 || index >= size) throw new RangeError(`leaf ${index} isn't in a tree of ${size}`);
  const ranges: LeafRange[] = [];
  for (let start = 0, end = size; end - start > 1;) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** The subtrees whose hashes show that a tree is another one's beginning (PROOF in RFC 6962 §2.1.2). */
export function consistencyRanges(first: number, second: number): LeafRange[] {
  if (first < 1 || first > second) throw new RangeError(`a tree of ${first} is no beginning of one of ${second}`);
  const ranges: LeafRange[] = [];
  let start = 0;
  for (let end = second; end !== first;) {
    const middle = start + splitOf(end - start);
    if (first <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  // What is left is a subtree of both; the verifier knows it when it is the whole first tree.
  if (start > 0) ranges.push({ start, end: first });
  return ranges.reverse();
}
