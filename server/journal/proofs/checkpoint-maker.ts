import type { Database } from "../../db/database.ts";
import type { Session } from "../../db/session.ts";
import { toId } from "../../operations/ids.ts";
import type { SigningKey } from "./checkpoint-key.ts";
import { isSignedBy, originOf, parseCheckpoint, signCheckpoint } from "./checkpoint-note.ts";
import { type CheckpointRow, readCheckpoint } from "./checkpoint-row.ts";
import { readRangeHashes } from "./journal-tree.ts";
import { addTiles, countTiled } from "./journal-tiles.ts";
import { MissingLeaf, tileWidth } from "./merkle-tiles.ts";

/** Entries that one transaction verifies and puts into tiles: some 0.3 s, so that the statement's time limit isn't near. */
const step = 32 * tileWidth;

export type MadeCheckpoint =
  | { readonly kind: "SIGNED"; readonly checkpoint: CheckpointRow }
  | { readonly kind: "EMPTY" }
  /** Nothing is signed over a journal that isn't what it was. */
  | { readonly kind: "DAMAGED"; readonly reason: string };

export interface MakeOptions {
  readonly at: Date;
  /** What was done before it is aborted is kept: the next try goes on from there. */
  readonly signal?: AbortSignal;
}

class Damaged extends Error {}

/** Signs what tenants' journals are. */
export class CheckpointMaker {
  readonly #database: Database;
  readonly #key: SigningKey;

  constructor(database: Database, key: SigningKey) {
    this.#database = database;
    this.#key = key;
  }

  /** A checkpoint that covers every entry there is now: the last one, if nothing has been added to the journal since. */
  async make(tenantId: string, { at, signal }: MakeOptions): Promise<MadeCheckpoint> {
    try {
      const head = await this.#database.read(tenantId, readHead);
      if (head === 0) return { kind: "EMPTY" };
      const last = await this.#database.read(tenantId, (session) => readCheckpoint(session));
      if (last?.treeSize === BigInt(head)) return { kind: "SIGNED", checkpoint: last };
      await this.#extendTiles(tenantId, head, signal);
      return { kind: "SIGNED", checkpoint: await this.#sign(tenantId, head, last, at) };
    } catch (error) {
      if (error instanceof Damaged) return { kind: "DAMAGED", reason: error.message };
      if (error instanceof MissingLeaf) return { kind: "DAMAGED", reason: `entry ${error.index + 1} is missing` };
      throw error;
    }
  }

  async #extendTiles(tenantId: string, head: number, signal: AbortSignal | undefined): Promise<void> {
    const complete = head - (head % tileWidth);
    let tiled = await this.#database.read(tenantId, countTiled);
    while (tiled < complete) {
      signal?.throwIfAborted();
      const [from, to] = [tiled, Math.min(tiled + step, complete)];
      await this.#database.transaction(tenantId, async (session) => {
        await verifyEntries(session, from + 1, to);
        await addTiles(session, from, to);
      });
      tiled = to;
    }
  }

  async #sign(tenantId: string, treeSize: number, last: CheckpointRow | undefined, at: Date): Promise<CheckpointRow> {
    const { result } = await this.#database.transaction(tenantId, async (session) => {
      const rest = treeSize - (treeSize % tileWidth);
      if (rest < treeSize) await verifyEntries(session, rest + 1, treeSize);
      const whole = { start: 0, end: treeSize };
      const before = last === undefined ? [] : [{ start: 0, end: Number(last.treeSize) }];
      const [root, lastRoot] = await readRangeHashes(session, [whole, ...before]);
      if (root === undefined) throw new Error("a range has a hash");
      if (last !== undefined) this.#checkContinues(last, lastRoot);
      const origin = originOf(toId("Tenant", tenantId));
      const note = signCheckpoint({ origin, treeSize, root, signedAt: at }, this.#key);
      await session.query({
        name: "insert-checkpoint",
        text: `INSERT INTO journal_checkpoint (tenant_id, tree_size, root, signed_at, key_id, note)
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, tree_size) DO NOTHING`,
        values: [tenantId, treeSize, root, at, this.#key.id, note],
      });
      return readCheckpoint(session, BigInt(treeSize)); // another process may have been faster
    });
    if (result === undefined) throw new Error("a checkpoint that was written is there");
    return result;
  }

  /** Signing again what once was signed otherwise would hide that the journal was rewritten. */
  #checkContinues({ treeSize, note, publicKey, keyId }: CheckpointRow, root: Buffer | undefined): void {
    const parsed = parseCheckpoint(note);
    const signer = keyId === this.#key.id ? this.#key.publicKey : publicKey;
    if (parsed === null || parsed.treeSize !== Number(treeSize) || !isSignedBy(parsed, signer)) {
      throw new Damaged(`the checkpoint of ${treeSize} entries isn't what was signed`);
    }
    if (root === undefined || !parsed.root.equals(root)) {
      throw new Damaged(`the journal doesn't continue the checkpoint of ${treeSize} entries`);
    }
  }
}

async function readHead(session: Session): Promise<number> {
  const [row] = await session.query<{ position: bigint }>({
    name: "journal-head",
    text: "SELECT position FROM journal_head WHERE tenant_id = $1",
    values: [session.tenantId],
  });
  return Number(row?.position ?? 0n);
}

async function verifyEntries(session: Session, first: number, last: number): Promise<void> {
  const [checked] = await session.query<{ first_bad_position: bigint | null }>({
    name: "verify-entries",
    text: "SELECT first_bad_position FROM journal_verify($1, $2)",
    values: [first, last],
  });
  const bad = checked?.first_bad_position ?? null;
  if (bad !== null) throw new Damaged(`entry ${bad} isn't what was written`);
}
