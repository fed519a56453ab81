import type { Checkpoint } from "../../../schema/checkpoint.ts";
import type { Session } from "../../db/session.ts";
import { toId } from "../../operations/ids.ts";

/** A row of journal_checkpoint with its public key. */
export interface CheckpointRow {
  readonly id: string;
  readonly treeSize: bigint;
  readonly root: Buffer;
  readonly signedAt: Date;
  readonly keyId: string;
  readonly publicKey: Buffer;
  readonly note: string;
}

export const checkpointColumns = `c.id, c.tree_size AS "treeSize", c.root, c.signed_at AS "signedAt", c.key_id AS "keyId",
  k.public_key AS "publicKey", c.note`;
export const checkpointTables = "journal_checkpoint c JOIN checkpoint_key k ON k.id = c.key_id";

/** The checkpoint of this size, or the latest one. */
export async function readCheckpoint(session: Session, treeSize?: bigint | null): Promise<CheckpointRow | undefined> {
  const isLatest = treeSize == null;
  const [row] = await session.query<CheckpointRow>({
    name: isLatest ? "latest-checkpoint" : "checkpoint-of-size",
    text: `SELECT ${checkpointColumns} FROM ${checkpointTables} WHERE c.tenant_id = $1
           ${isLatest ? "" : "AND c.tree_size = $2"} ORDER BY c.tree_size DESC LIMIT 1`,
    values: isLatest ? [session.tenantId] : [session.tenantId, treeSize],
  });
  return row;
}

export function toCheckpoint({ id, root, publicKey, ...row }: CheckpointRow): Checkpoint {
  return {
    __typename: "Checkpoint",
    ...row,
    id: toId("Checkpoint", id),
    rootHash: root.toString("hex"),
    publicKey: publicKey.toString("base64"),
  };
}
