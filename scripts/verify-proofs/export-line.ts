import { z } from "zod";

// What lines an export may have. Strict throughout: a member that nobody checks would look proven beside those that are.

/** Lower case only: hexadecimal has two letters for one value, and a changed byte has to be found. */
const hash = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits, in lower case");
const whole = z.union([z.int().nonnegative(), z.string().regex(/^(0|[1-9]\d{0,15})$/)]).transform(Number);

const checkpoint = z.strictObject({
  __typename: z.literal("Checkpoint").optional(),
  note: z.string(),
  treeSize: whole.optional(),
  rootHash: hash.optional(),
  signedAt: z.iso.datetime().optional(),
  keyId: z.string().optional(),
  publicKey: z.base64().optional(),
});

const proof = z.strictObject({
  __typename: z.literal("JournalProof").optional(),
  canonical: z.string(),
  previousHash: hash,
  path: z.array(hash).nullable(),
  checkpoint: checkpoint.nullable(),
  unavailable: z.string().nullable().optional(),
  entryId: z.string().optional(),
  position: whole.optional(),
  leafIndex: whole.optional(),
  hash: hash.optional(),
  personal: z.string().nullable().optional(),
  personalSalt: hash.nullable().optional(),
});

const key = z.strictObject({
  __typename: z.literal("CheckpointKey").optional(),
  id: z.string(),
  publicKey: z.base64(),
});

const consistencyProof = z.strictObject({
  __typename: z.literal("ConsistencyProof").optional(),
  first: checkpoint,
  second: checkpoint,
  path: z.array(hash).nullable(),
});

/** A row of a bulk export of the journal. */
const entry = z.strictObject({
  __typename: z.literal("JournalEntry").optional(),
  proof,
  id: z.string().optional(),
  position: whole.optional(),
  type: z.string().optional(),
  requestId: z.string().optional(),
  hash: hash.optional(),
});

/** An answer of the server, in one line. */
const answer = z.strictObject({
  data: z.strictObject({
    proof: proof.optional(),
    checkpointKeys: z.array(key).optional(),
    consistencyProof: consistencyProof.optional(),
  }),
  extensions: z.unknown().optional(),
});

export type ExportedCheckpoint = z.infer<typeof checkpoint>;
export type ExportedProof = z.infer<typeof proof>;
export type ExportedEntry = z.infer<typeof entry>;
export type ExportedKey = z.infer<typeof key>;
export type ExportedConsistency = z.infer<typeof consistencyProof>;

export interface ExportLine {
  readonly entry: ExportedEntry | undefined;
  readonly keys: readonly ExportedKey[];
  readonly consistencyProof: ExportedConsistency | undefined;
}

/** Reads a line, or says why it can't be read. */
export function readExportLine(text: string): ExportLine | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "isn't JSON" };
  }
  const isAnswer = typeof value === "object" && value !== null && "data" in value;
  const parsed = isAnswer ? answer.safeParse(value) : entry.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { problem: `isn't a line of an export of proofs: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}` };
  }
  if ("proof" in parsed.data) return { entry: parsed.data, keys: [], consistencyProof: undefined };
  const {
    proof: proven,
    checkpointKeys = [],
    consistencyProof: consistency,
  } = (parsed.data as z.infer<typeof answer>).data;
  const found = proven === undefined ? undefined : { proof: proven };
  return { entry: found, keys: checkpointKeys, consistencyProof: consistency };
}
