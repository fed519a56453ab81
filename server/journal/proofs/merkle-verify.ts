import { nodeHash } from "./merkle-hash.ts";

export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/** The root that a leaf and its path come to (RFC 9162 §2.1.3.2); null when the path has a wrong length. */
export function rootOfInclusion({ index, size, leaf, path }: Inclusion): Buffer | null {
  if (index < 0 || index >= size) return null;
  let node = index;
  let last = size - 1;
  let root: Buffer = Buffer.from(leaf);
  for (const sibling of path) {
    if (last === 0) return null;
    if (isOdd(node) || node === last) {
      root = nodeHash(sibling, root);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      root = nodeHash(root, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 ? root : null;
}

export interface Consistency {
  readonly first: { readonly size: number; readonly root: Uint8Array };
  readonly second: { readonly size: number; readonly root: Uint8Array };
  readonly path: readonly Uint8Array[];
}

/** Whether the second tree begins with the first one (RFC 9162 §2.1.4.2). */
export function isConsistent({ first, second, path }: Consistency): boolean {
  if (first.size < 1 || first.size > second.size) return false;
  if (first.size === second.size) return path.length === 0 && equal(first.root, second.root);
  // A complete first tree is a subtree of the second one, so its root isn't repeated in the path.
  const hashes = isPowerOfTwo(first.size) ? [first.root, ...path] : path;
  const [start, ...siblings] = hashes;
  if (start === undefined) return false;
  let node = first.size - 1;
  let last = second.size - 1;
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  let firstRoot: Buffer = Buffer.from(start);
  let secondRoot: Buffer = Buffer.from(start);
  for (const sibling of siblings) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      firstRoot = nodeHash(sibling, firstRoot);
      secondRoot = nodeHash(sibling, secondRoot);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      secondRoot = nodeHash(secondRoot, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equal(firstRoot, first.root) && equal(secondRoot, second.root);
}

// No bit operators: they take 32 bits only.
const half = (value: number) => Math.floor(value / 2);
const isOdd = (value: number) => value % 2 === 1;

function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (rest > 1 && !isOdd(rest)) rest = half(rest);
  return rest === 1;
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
