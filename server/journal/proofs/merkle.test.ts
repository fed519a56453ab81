import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { leafHash } from "./merkle-hash.ts";
import { consistencyRanges, inclusionRanges, type LeafRange } from "./merkle-ranges.ts";
import { MissingLeaf, rangeHash, type Tile, tileWidth, tilesOf } from "./merkle-tiles.ts";
import { isConsistent, rootOfInclusion } from "./merkle-verify.ts";

// The vectors of the reference implementation of RFC 6962 (certificate-transparency, merkle/testonly).
const vectorLeaves = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => Buffer.from(hex, "hex"));
const vectorRoots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const vectorInclusions = [
  { index: 0, size: 1, path: [] },
  {
    index: 0,
    size: 8,
    path: [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  },
  {
    index: 5,
    size: 8,
    path: [
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  },
  { index: 2, size: 3, path: ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"] },
];
const vectorConsistencies = [
  { first: 1, second: 1, path: [] },
  {
    first: 1,
    second: 8,
    path: [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  },
  {
    first: 6,
    second: 8,
    path: [
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  },
  {
    first: 2,
    second: 5,
    path: [
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
  },
];

// ---- RFC 6962 §2.1 word for word, over lists of entries: slow, and shares no line with what it checks.

const sha256 = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();

function split(n: number): number {
  return 2 ** (Math.ceil(Math.log2(n)) - 1);
}

function mth(entries: readonly Buffer[]): Buffer {
  const [only] = entries;
  if (only === undefined) return sha256();
  if (entries.length === 1) return sha256(Buffer.of(0), only);
  const k = split(entries.length);
  return sha256(Buffer.of(1), mth(entries.slice(0, k)), mth(entries.slice(k)));
}

function path(m: number, entries: readonly Buffer[]): Buffer[] {
  if (entries.length === 1) return [];
  const k = split(entries.length);
  return m < k
    ? [...path(m, entries.slice(0, k)), mth(entries.slice(k))]
    : [...path(m - k, entries.slice(k)), mth(entries.slice(0, k))];
}

function subproof(m: number, entries: readonly Buffer[], isWhole: boolean): Buffer[] {
  if (m === entries.length) return isWhole ? [] : [mth(entries)];
  const k = split(entries.length);
  return m <= k
    ? [...subproof(m, entries.slice(0, k), isWhole), mth(entries.slice(k))]
    : [...subproof(m - k, entries.slice(k), false), mth(entries.slice(0, k))];
}

// ----------------------------------------------------------------------------------------------------------------------

/** Hashes of ranges as the server makes them: from complete tiles where there are some, otherwise from leaves. */
function treeOf(entries: readonly Buffer[]) {
  const tiles = new Map<string, Buffer>();
  const hashOf = ({ level, index }: Tile): Buffer | undefined => {
    const entry = entries[index];
    return level === 0 ? entry && leafHash(entry) : tiles.get(`${level}/${index}`);
  };
  for (let index = 0; (index + 1) * tileWidth <= entries.length; index += 1) {
    const range = { start: index * tileWidth, end: (index + 1) * tileWidth };
    tiles.set(`1/${index}`, rangeHash(range, hashOf));
  }
  const known = new Map<string, Buffer>();
  return (range: LeafRange): Buffer => {
    const key = `${range.start}-${range.end}`;
    const hash = known.get(key) ?? rangeHash(range, hashOf);
    known.set(key, hash);
    return hash;
  };
}

const entriesOf = (count: number) => Array.from({ length: count }, (_, index) => sha256(Buffer.from(String(index))));
const hexes = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString("hex"));
const buffers = (texts: readonly string[]) => texts.map((text) => Buffer.from(text, "hex"));

describe("the vectors of RFC 6962", () => {
  it("have our roots", () => {
    const hash = treeOf(vectorLeaves);
    expect(hexes(vectorRoots.map((_, index) => hash({ start: 0, end: index + 1 })))).toEqual(vectorRoots);
  });

  it.each(vectorInclusions)("have our path of leaf $index in $size", ({ index, size, path: expected }) => {
    const hash = treeOf(vectorLeaves);
    expect(hexes(inclusionRanges(index, size).map(hash))).toEqual(expected);
    const leaf = leafHash(vectorLeaves[index] ?? Buffer.of());
    expect(rootOfInclusion({ index, size, leaf, path: buffers(expected) })?.toString("hex")).toBe(
      vectorRoots[size - 1],
    );
  });

  it.each(vectorConsistencies)("have our proof that $second continues $first", ({ first, second, path: expected }) => {
    expect(hexes(consistencyRanges(first, second).map(treeOf(vectorLeaves)))).toEqual(expected);
    const [one = "", other = ""] = [vectorRoots[first - 1], vectorRoots[second - 1]];
    const trees = {
      first: { size: first, root: Buffer.from(one, "hex") },
      second: { size: second, root: Buffer.from(other, "hex") },
    };
    expect(isConsistent({ ...trees, path: buffers(expected) })).toBe(true);
  });
});

describe("trees of 1 to 300 leaves", () => {
  const all = entriesOf(300);
  const sizes = all.map((_, index) => index + 1);
  const roots = sizes.map((size) => mth(all.slice(0, size)));
  const rootOf = (size: number) => roots[size - 1] ?? Buffer.of();

  it("have the roots of the naive implementation", () => {
    const hash = treeOf(all);
    for (const size of sizes) expect(hash({ start: 0, end: size }).equals(rootOf(size))).toBe(true);
  });

  it("prove every leaf, with the paths of the naive implementation", () => {
    const hash = treeOf(all);
    for (const size of sizes) {
      // Every leaf has a path that leads to the root; its hashes are compared for some of them, because naive is slow.
      const compared = new Set([0, size - 1, Math.floor(size / 2), Math.floor(size / 3)]);
      for (let index = 0; index < size; index += 1) {
        const ours = inclusionRanges(index, size).map(hash);
        if (compared.has(index)) expect(hexes(ours)).toEqual(hexes(path(index, all.slice(0, size))));
        const leaf = leafHash(all[index] ?? Buffer.of());
        const root = rootOfInclusion({ index, size, leaf, path: ours });
        if (root?.equals(rootOf(size)) !== true) throw new Error(`leaf ${index} of ${size} isn't proven`);
      }
    }
  }, 60_000);

  it("prove each beginning, with the paths of the naive implementation", () => {
    const hash = treeOf(all);
    for (const second of sizes) {
      const compared = new Set([1, Math.ceil(second / 2), Math.ceil(second / 3), second]);
      for (let first = 1; first <= second; first += 1) {
        const ours = consistencyRanges(first, second).map(hash);
        if (compared.has(first)) expect(hexes(ours)).toEqual(hexes(subproof(first, all.slice(0, second), true)));
        const trees = {
          first: { size: first, root: rootOf(first) },
          second: { size: second, root: rootOf(second) },
        };
        if (!isConsistent({ ...trees, path: ours })) throw new Error(`${second} doesn't continue ${first}`);
      }
    }
  }, 60_000);

  it("prove nothing once a bit has changed, or something is missing, added or elsewhere", () => {
    const hash = treeOf(all);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), fc.nat(), (size, place, node, bit) => {
        const index = place % size;
        const honest = inclusionRanges(index, size).map(hash);
        const leaf = leafHash(all[index] ?? Buffer.of());
        const proves = (changed: { index?: number; size?: number; leaf?: Buffer; path?: Buffer[] }) =>
          rootOfInclusion({ index, size, leaf, path: honest, ...changed })?.equals(rootOf(size)) ?? false;
        expect(proves({})).toBe(true);
        expect(proves({ leaf: flip(leaf, bit) })).toBe(false);
        expect(proves({ path: honest.with(node % honest.length, flip(honest[node % honest.length], bit)) })).toBe(
          false,
        );
        expect(proves({ path: honest.slice(1) })).toBe(false);
        expect(proves({ path: [...honest, rootOf(size)] })).toBe(false);
        const other = (index + 1 + (node % (size - 1))) % size;
        expect(proves({ index: other })).toBe(false);
      }),
    );
  });

  it("aren't taken for consistent once a bit has changed", () => {
    const hash = treeOf(all);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), fc.nat(), (size, place, node, bit) => {
        const before = 1 + (place % (size - 1));
        const honest = consistencyRanges(before, size).map(hash);
        const first = { size: before, root: rootOf(before) };
        const second = { size, root: rootOf(size) };
        expect(isConsistent({ first, second, path: honest })).toBe(true);
        const forged = honest.with(node % honest.length, flip(honest[node % honest.length], bit));
        expect(isConsistent({ first, second, path: forged })).toBe(false);
        expect(isConsistent({ first: { ...first, root: flip(first.root, bit) }, second, path: honest })).toBe(false);
        expect(isConsistent({ first, second: { ...second, root: flip(second.root, bit) }, path: honest })).toBe(false);
        expect(isConsistent({ first, second, path: honest.slice(1) })).toBe(false);
      }),
    );
  });
});

describe("tiles", () => {
  it("cover a range exactly, in order, with few of them", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 33), fc.nat(), (size, place) => {
        for (const range of inclusionRanges(place % (size + 1), size + 1)) {
          const tiles = tilesOf(range);
          let at = range.start;
          for (const { level, index } of tiles) {
            if (index * tileWidth ** level !== at) throw new Error(`a tile of ${range.start} stands elsewhere`);
            at += tileWidth ** level;
          }
          expect(at).toBe(range.end);
          expect(tiles.length).toBeLessThan(5 * tileWidth);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("say which leaf is missing", () => {
    const entries = entriesOf(10);
    const hashOf = ({ level, index }: Tile) => (level === 0 && index !== 7 ? entries[index] : undefined);
    expect(() => rangeHash({ start: 0, end: 10 }, hashOf)).toThrow(new MissingLeaf(7));
  });
});

function flip(bytes: Buffer | undefined, bit: number): Buffer {
  const flipped = Buffer.from(bytes ?? Buffer.of(0));
  const at = Math.floor(bit / 8) % flipped.length;
  flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (bit % 8)), at);
  return flipped;
}
