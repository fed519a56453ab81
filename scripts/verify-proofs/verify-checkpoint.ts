import { type CheckpointNote, isSignedBy, parseCheckpoint } from "../../server/journal/proofs/checkpoint-note.ts";
import type { ExportedCheckpoint } from "./export-line.ts";

/** Public keys by their ids. */
export type Keys = ReadonlyMap<string, Buffer>;

export type VerifiedCheckpoint = { readonly note: CheckpointNote } | { readonly problem: string };

/** Checks a checkpoint's signature, and that what stands beside the signed text says the same. */
export function verifyCheckpoint(checkpoint: ExportedCheckpoint, keys: Keys): VerifiedCheckpoint {
  const note = parseCheckpoint(checkpoint.note);
  if (note === null) return { problem: "the checkpoint's note isn't a signed checkpoint" };
  const key = keys.get(note.keyId);
  if (key === undefined) return { problem: `there is no public key ${note.keyId}, which signed the checkpoint` };
  if (!isSignedBy(note, key)) return { problem: "the checkpoint's signature is wrong" };
  const { treeSize, rootHash, signedAt, keyId, publicKey } = checkpoint;
  const differs =
    (treeSize !== undefined && treeSize !== note.treeSize && "treeSize") ||
    (rootHash !== undefined && rootHash !== note.root.toString("hex") && "rootHash") ||
    (signedAt !== undefined && signedAt !== note.signedAt.toISOString() && "signedAt") ||
    (keyId !== undefined && keyId !== note.keyId && "keyId") ||
    (publicKey !== undefined && publicKey !== key.toString("base64") && "publicKey");
  return differs ? { problem: `the checkpoint's ${differs} isn't what was signed` } : { note };
}
