import type { JournalProof, ProofUnavailable } from "../../../schema/journal-proof.ts";
import type { Session } from "../../db/session.ts";
import { toId } from "../../operations/ids.ts";
import { type CheckpointRow, readCheckpoint, toCheckpoint } from "./checkpoint-row.ts";
import type { EntryEvidence } from "./entry-evidence.ts";
import { readRangeHashes } from "./journal-tree.ts";
import { inclusionRanges } from "./merkle-ranges.ts";
import { MissingLeaf } from "./merkle-tiles.ts";

type Covered = Pick<JournalProof, "path" | "checkpoint" | "unavailable">;

/** Proves entries by the checkpoint of this size, or by the latest one. */
export async function proveEntries(
  session: Session,
  entries: readonly EntryEvidence[],
  treeSize: bigint | null,
): Promise<Map<string, JournalProof>> {
  const checkpoint = await readCheckpoint(session, treeSize);
  const paths = await pathsOf(session, entries, checkpoint);
  return new Map(
    entries.map((entry) => {
      const { id, position, canonical, previousHash, hash, personal, personalSalt } = entry;
      const proof: JournalProof = {
        entryId: toId("JournalEntry", id),
        position,
        leafIndex: position - 1n,
        canonical,
        previousHash: previousHash.toString("hex"),
        hash: hash.toString("hex"),
        personal,
        personalSalt: personalSalt?.toString("hex") ?? null,
        ...coverage(position, checkpoint, paths.get(id)),
      };
      return [id, proof];
    }),
  );
}

function coverage(
  position: bigint,
  checkpoint: CheckpointRow | undefined,
  path: readonly Buffer[] | undefined,
): Covered {
  const without = (unavailable: ProofUnavailable) => ({ path: null, checkpoint: null, unavailable });
  if (checkpoint === undefined) return without("NO_CHECKPOINT");
  if (position > checkpoint.treeSize) return without("NOT_COVERED");
  if (path === undefined) return without("JOURNAL_DAMAGED");
  return {
    path: path.map((hash) => hash.toString("hex")),
    checkpoint: toCheckpoint(checkpoint),
    unavailable: null,
  };
}

/** The paths of all entries that the checkpoint covers, from few reads; none when entries are missing. */
async function pathsOf(
  session: Session,
  entries: readonly EntryEvidence[],
  checkpoint: CheckpointRow | undefined,
): Promise<Map<string, readonly Buffer[]>> {
  const paths = new Map<string, readonly Buffer[]>();
  if (checkpoint === undefined) return paths;
  const { treeSize } = checkpoint;
  const ranges = entries
    .filter(({ position }) => position <= treeSize)
    .map(({ id, position }) => ({ id, ranges: inclusionRanges(Number(position) - 1, Number(treeSize)) }));
  try {
    const hashes = await readRangeHashes(
      session,
      ranges.flatMap((entry) => entry.ranges),
    );
    let next = 0;
    for (const { id, ranges: own } of ranges) paths.set(id, hashes.slice(next, (next += own.length)));
  } catch (error) {
    if (!(error instanceof MissingLeaf)) throw error;
  }
  return paths;
}
