import type { Session } from "../../db/session.ts";
import { leafHash } from "./merkle-hash.ts";
import type { LeafRange } from "./merkle-ranges.ts";
import { maxTileLevel, rangeHash, type Tile, tilesOf } from "./merkle-tiles.ts";

interface TileRow {
  readonly level: number;
  readonly index: bigint;
  readonly root: Buffer;
}

/**
 * The hashes of subtrees of a tenant's journal, whose leaves are the hashes of its entries. Reads a few hundred rows for any of them,
 * however long the journal is, in two statements for all. Throws MissingLeaf when one isn't there.
 */
export async function readRangeHashes(
  session: Session,
  ranges: readonly LeafRange[],
  maxLevel = maxTileLevel,
): Promise<Buffer[]> {
  const wanted = new Map<string, Tile>();
  for (const range of ranges) for (const tile of tilesOf(range, maxLevel)) wanted.set(keyOf(tile), tile);
  const tiles = [...wanted.values()];
  const [leaves, roots] = await Promise.all([
    readLeaves(
      session,
      tiles.filter(({ level }) => level === 0),
    ),
    readTiles(
      session,
      tiles.filter(({ level }) => level > 0),
    ),
  ]);
  const hashes = new Map([...leaves, ...roots]);
  return ranges.map((range) => rangeHash(range, (tile) => hashes.get(keyOf(tile))));
}

async function readLeaves(session: Session, leaves: readonly Tile[]): Promise<[string, Buffer][]> {
  if (leaves.length === 0) return [];
  const rows = await session.query<{ position: bigint; hash: Buffer }>({
    name: "journal-leaves",
    text: "SELECT position, hash FROM journal_entry WHERE tenant_id = $1 AND position = ANY ($2)",
    values: [session.tenantId, leaves.map(({ index }) => index + 1)],
  });
  return rows.map(({ position, hash }) => [keyOf({ level: 0, index: Number(position) - 1 }), leafHash(hash)]);
}

async function readTiles(session: Session, tiles: readonly Tile[]): Promise<[string, Buffer][]> {
  if (tiles.length === 0) return [];
  const rows = await session.query<TileRow>({
    name: "journal-tiles",
    text: `SELECT t.level, t.index, t.root FROM unnest($2::smallint[], $3::bigint[]) AS wanted(level, index)
           JOIN journal_tile t ON t.tenant_id = $1 AND t.level = wanted.level AND t.index = wanted.index`,
    values: [session.tenantId, tiles.map(({ level }) => level), tiles.map(({ index }) => index)],
  });
  return rows.map(({ level, index, root }) => [keyOf({ level, index: Number(index) }), root]);
}

const keyOf = ({ level, index }: Tile) => `${level}/${index}`;
