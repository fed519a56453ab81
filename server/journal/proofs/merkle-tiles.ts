import { nodeHash } from "./merkle-hash.ts";
import { type LeafRange, splitOf } from "./merkle-ranges.ts";

/** How many subtrees of a level make one of the next. */
export const tileWidth = 256;
/** 256^6 leaves: more than any journal has, and still exact as a number. */
export const maxTileLevel = 6;

/** The complete subtree of 256^level leaves that begins with leaf index * 256^level; level 0 is a leaf. */
export interface Tile {
  readonly level: number;
  readonly index: number;
}

/** The fewest tiles that a range consists of, in their order. */
export function tilesOf({ start, end }: LeafRange, maxLevel = maxTileLevel): Tile[] {
  const tiles: Tile[] = [];
  for (let leaf = start; leaf < end;) {
    let level = 0;
    let width = 1;
    while (level < maxLevel && leaf % (width * tileWidth) === 0 && leaf + width * tileWidth <= end) {
      level += 1;
      width *= tileWidth;
    }
    tiles.push({ level, index: leaf / width });
    leaf += width;
  }
  return tiles;
}

/** The hash of a subtree (MTH in RFC 6962 §2.1), from the hashes of its tiles. Throws when one of them is missing. */
export function rangeHash({ start, end }: LeafRange, hashOf: (tile: Tile) => Buffer | undefined): Buffer {
  const width = end - start;
  const level = levelOf(width);
  const known = level === undefined || start % width !== 0 ? undefined : hashOf({ level, index: start / width });
  if (known !== undefined) return known;
  if (width <= 1) throw new MissingLeaf(start);
  const middle = start + splitOf(width);
  return nodeHash(rangeHash({ start, end: middle }, hashOf), rangeHash({ start: middle, end }, hashOf));
}

/** A leaf that should be there isn't. */
export class MissingLeaf extends Error {
  override readonly name = "MissingLeaf";

  constructor(readonly index: number) {
    super(`leaf ${index} is missing`);
  }
}

function levelOf(width: number): number | undefined {
  let level = 0;
  let rest = width;
  while (rest % tileWidth === 0) {
    rest /= tileWidth;
    level += 1;
  }
  return rest === 1 ? level : undefined;
}
