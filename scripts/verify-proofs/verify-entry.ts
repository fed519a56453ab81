import { createHash } from "node:crypto";
import type { CheckpointNote } from "../../server/journal/proofs/checkpoint-note.ts";
import { originOf } from "../../server/journal/proofs/checkpoint-note.ts";
import { leafHash } from "../../server/journal/proofs/merkle-hash.ts";
import { rootOfInclusion } from "../../server/journal/proofs/merkle-verify.ts";
import { toId } from "../../server/operations/ids.ts";
import { type CanonicalEntry, readCanonical } from "./canonical-entry.ts";
import type { ExportedEntry, ExportedProof } from "./export-line.ts";
import { type Keys, verifyCheckpoint } from "./verify-checkpoint.ts";

export interface VerifiedEntry {
  readonly position: number;
  readonly hash: string;
  readonly previousHash: string;
  /** Null when the server had no checkpoint for it yet. */
  readonly note: CheckpointNote | null;
  readonly personal: "NONE" | "VERIFIED" | "ABSENT";
}

export interface EntryProblem {
  /** Undefined when not even that can be read. */
  readonly position: number | undefined;
  readonly problem: string;
}

/** Checks an entry by its proof alone. One that was written after the checkpoint has none yet: that is for the export to judge. */
export function verifyEntry(exported: ExportedEntry, keys: Keys): VerifiedEntry | EntryProblem {
  const { proof } = exported;
  const entry = readCanonical(proof.canonical);
  if (entry === null) return { position: proof.position, problem: "the canonical text isn't an entry's" };
  const { position } = entry;
  const fail = (problem: string): EntryProblem => ({ position, problem });
  const hash = createHash("sha256").update(Buffer.from(proof.previousHash, "hex")).update(proof.canonical).digest();
  const differs = contradiction(exported, entry, hash.toString("hex"));
  if (differs !== undefined) return fail(`its ${differs} isn't what was hashed`);

  const personal = checkPersonal(proof, entry);
  if (personal === null) return fail("its personal data isn't what was committed");
  const verified = { position, hash: hash.toString("hex"), previousHash: proof.previousHash, personal };
  if (proof.checkpoint === null || proof.path === null) {
    const isEarly = proof.unavailable === "NOT_COVERED" && proof.checkpoint === proof.path;
    return isEarly ? { ...verified, note: null } : fail(`it has no proof (${proof.unavailable ?? "no path"})`);
  }
  const checkpoint = verifyCheckpoint(proof.checkpoint, keys);
  if ("problem" in checkpoint) return fail(checkpoint.problem);
  const { note } = checkpoint;
  if (note.origin !== originOf(toId("Tenant", entry.tenantUuid))) return fail("it is another tenant's entry");

  const path = proof.path.map((text) => Buffer.from(text, "hex"));
  const root = rootOfInclusion({ index: position - 1, size: note.treeSize, leaf: leafHash(hash), path });
  if (root === null || !root.equals(note.root)) {
    return fail("the entry and its path don't lead to the root of the checkpoint: one of them was changed");
  }
  return { ...verified, note };
}

/** The name of a member that says something else than the hashed text. */
function contradiction({ proof, ...row }: ExportedEntry, entry: CanonicalEntry, hash: string): string | undefined {
  const id = toId("JournalEntry", entry.uuid);
  const claims = [
    ["id", row.id, id],
    ["entryId", proof.entryId, id],
    ["position", row.position, entry.position],
    ["position", proof.position, entry.position],
    ["leafIndex", proof.leafIndex, entry.position - 1],
    ["type", row.type, entry.type],
    ["requestId", row.requestId, entry.requestId],
    ["hash", proof.hash, hash],
    ["hash", row.hash, hash],
  ] as const;
  return claims.find(([, claimed, hashed]) => claimed !== undefined && claimed !== hashed)?.[0];
}

/** Personal data may be absent: it was erased, or isn't a part of the export. What is there has to be what was committed. */
function checkPersonal(
  { personal = null, personalSalt = null }: ExportedProof,
  { commitment }: CanonicalEntry,
): VerifiedEntry["personal"] | null {
  if (personal === null && personalSalt === null) return commitment === null ? "NONE" : "ABSENT";
  if (personal === null || personalSalt === null) return null;
  const digest = createHash("sha256").update(Buffer.from(personalSalt, "hex")).update(personal).digest("hex");
  return digest === commitment ? "VERIFIED" : null;
}
