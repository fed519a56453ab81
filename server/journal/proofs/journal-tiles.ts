import type { Session } from "../../db/session.ts";
import { readRangeHashes } from "./journal-tree.ts";
import { maxTileLevel, type Tile, tileWidth } from "./merkle-tiles.ts";

/** How many leaves the tiles of a journal cover. */
export async function countTiled(session: Session): Promise<number> {
  const [row] = await session.query<{ tiles: bigint | null }>({
    name: "journal-tiled",
    text: "SELECT max(index) + 1 AS tiles FROM journal_tile WHERE tenant_id = $1 AND level = 1",
    values: [session.tenantId],
  });
  return Number(row?.tiles ?? 0n) * tileWidth;
}

/** Adds the tiles between two multiples of 256 leaves, and those of higher levels that are complete with them. */
export async function addTiles(session: Session, from: number, to: number): Promise<void> {
  let level = 1;
  let [first, end] = [from / tileWidth, to / tileWidth];
  while (level <= maxTileLevel && first < end) {
    const tiles = Array.from({ length: end - first }, (_, offset) => ({ level, index: first + offset }));
    await insertTiles(session, tiles);
    [first, end] = [Math.floor(first / tileWidth), Math.floor(end / tileWidth)];
    level += 1;
  }
}

/** Two processes come to the same tiles: the second one changes nothing. */
async function insertTiles(session: Session, tiles: readonly Tile[]): Promise<void> {
  const ranges = tiles.map(({ level, index }) => {
    const width = tileWidth ** level;
    return { start: index * width, end: (index + 1) * width };
  });
  const roots = await readRangeHashes(session, ranges, (tiles[0]?.level ?? 1) - 1);
  await session.query({
    name: "insert-journal-tiles",
    text: `INSERT INTO journal_tile (tenant_id, level, index, root)
           SELECT $1, * FROM unnest($2::smallint[], $3::bigint[], $4::bytea[]) ON CONFLICT DO NOTHING`,
    values: [session.tenantId, tiles.map(({ level }) => level), tiles.map(({ index }) => index), roots],
  });
}
