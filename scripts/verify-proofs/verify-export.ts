import type { CheckpointNote } from "../../server/journal/proofs/checkpoint-note.ts";
import { keyIdOf } from "../../server/journal/proofs/checkpoint-key.ts";
import { isConsistent } from "../../server/journal/proofs/merkle-verify.ts";
import { type ExportedConsistency, type ExportLine, readExportLine } from "./export-line.ts";
import { verifyCheckpoint } from "./verify-checkpoint.ts";
import { verifyEntry } from "./verify-entry.ts";

export interface Problem {
  readonly line: number;
  readonly position: number | undefined;
  readonly problem: string;
}

export interface Verdict {
  readonly entries: number;
  readonly problems: readonly Problem[];
  /** Of the entries that are proven. */
  readonly positions: readonly number[];
  /** Entries after the latest checkpoint, which nothing proves yet. */
  readonly later: number;
  readonly personal: { readonly verified: number; readonly absent: number };
  /** The smallest first. */
  readonly checkpoints: readonly CheckpointNote[];
  /** Keys that the export brought itself. */
  readonly untrustedKeys: readonly string[];
}

/**
 * Checks an exported journal line by line: each entry by its proof, and all of them against each other. `trusted`: the public keys that
 * the caller has from elsewhere; without any, those are taken that the export brings.
 */
export async function verifyExport(lines: AsyncIterable<string>, trusted: readonly Buffer[]): Promise<Verdict> {
  const verifier = new ExportVerifier(trusted);
  let number = 0;
  for await (const text of lines) {
    number += 1;
    verifier.add(number, text);
  }
  return verifier.finish(number);
}

class ExportVerifier {
  readonly #keys: Map<string, Buffer>;
  readonly #takesKeys: boolean;
  readonly #problems: Problem[] = [];
  readonly #hashes = new Map<number, { readonly hash: string; readonly previousHash: string; readonly line: number }>();
  readonly #proven = new Set<number>();
  readonly #checkpoints = new Map<string, CheckpointNote & { readonly line: number }>();
  readonly #links = new Set<string>();
  readonly #usedKeys = new Set<string>();
  #entries = 0;
  #personal = { verified: 0, absent: 0 };

  constructor(trusted: readonly Buffer[]) {
    this.#keys = new Map(trusted.map((key) => [keyIdOf(key), key]));
    this.#takesKeys = trusted.length === 0;
  }

  add(line: number, text: string): void {
    const read = readExportLine(text);
    if ("problem" in read) return this.#fail(line, undefined, read.problem);
    for (const { id, publicKey } of read.keys) {
      if (id !== keyIdOf(Buffer.from(publicKey, "base64"))) this.#fail(line, undefined, `the key isn't the key ${id}`);
    }
    if (this.#takesKeys) this.#takeKeys(read);
    if (read.entry !== undefined) this.#addEntry(line, read.entry);
    if (read.consistencyProof !== undefined) this.#addLink(line, read.consistencyProof);
  }

  finish(lines: number): Verdict {
    if (this.#entries === 0) this.#fail(lines, undefined, "there is no entry to verify");
    this.#checkChain();
    const later = this.#judgeUnproven();
    const checkpoints = [...this.#checkpoints.values()].toSorted((one, other) => one.treeSize - other.treeSize);
    checkpoints.slice(1).forEach((later, index) => {
      const earlier = checkpoints[index];
      if (earlier !== undefined) this.#checkPair(earlier, later);
    });
    return {
      entries: this.#entries,
      problems: this.#problems,
      positions: [...this.#proven].toSorted((one, other) => one - other),
      later,
      personal: this.#personal,
      checkpoints,
      untrustedKeys: this.#takesKeys ? [...this.#usedKeys] : [],
    };
  }

  #fail(line: number, position: number | undefined, problem: string): void {
    this.#problems.push({ line, position, problem });
  }

  /** The first key of an id is kept: a second one for it is found out by what it should have signed. */
  #takeKeys({ entry, keys, consistencyProof }: ExportLine): void {
    const embedded = [entry?.proof.checkpoint, consistencyProof?.first, consistencyProof?.second];
    for (const text of [...keys, ...embedded].map((each) => each?.publicKey)) {
      const key = text === undefined ? undefined : Buffer.from(text, "base64");
      if (key?.length === 32 && !this.#keys.has(keyIdOf(key))) this.#keys.set(keyIdOf(key), key);
    }
  }

  #addEntry(line: number, entry: NonNullable<ExportLine["entry"]>): void {
    this.#entries += 1;
    const verified = verifyEntry(entry, this.#keys);
    if ("problem" in verified) return this.#fail(line, verified.position, verified.problem);
    const { position, hash, previousHash, note, personal } = verified;
    const known = this.#hashes.get(position);
    if (known !== undefined) return this.#fail(line, position, `line ${known.line} has an entry of this position, too`);
    this.#hashes.set(position, { hash, previousHash, line });
    if (personal === "VERIFIED") this.#personal.verified += 1;
    if (personal === "ABSENT") this.#personal.absent += 1;
    if (note === null) return;
    this.#proven.add(position);
    this.#addCheckpoint(line, position, note);
  }

  /** How many entries are later than any checkpoint. Whoever has no proof of an earlier one hides something. */
  #judgeUnproven(): number {
    const size = Math.max(0, ...[...this.#checkpoints.values()].map(({ treeSize }) => treeSize));
    const unproven = [...this.#hashes].filter(([position]) => !this.#proven.has(position));
    const early = unproven.filter(([position]) => position <= size || size === 0);
    for (const [position, { line }] of early) this.#fail(line, position, "it has no proof");
    return unproven.length - early.length;
  }

  #addCheckpoint(line: number, position: number | undefined, note: CheckpointNote): void {
    this.#usedKeys.add(note.keyId);
    const [first] = this.#checkpoints.values();
    if (first !== undefined && first.origin !== note.origin) {
      return this.#fail(line, position, "its checkpoint is another tenant's than the one before");
    }
    const name = `${note.treeSize} ${note.root.toString("hex")}`;
    if (!this.#checkpoints.has(name)) this.#checkpoints.set(name, { ...note, line });
  }

  #addLink(line: number, { first, second, path }: ExportedConsistency): void {
    const [one, other] = [verifyCheckpoint(first, this.#keys), verifyCheckpoint(second, this.#keys)];
    if ("problem" in one) return this.#fail(line, undefined, `the consistency proof's first: ${one.problem}`);
    if ("problem" in other) return this.#fail(line, undefined, `the consistency proof's second: ${other.problem}`);
    const trees = {
      first: { size: one.note.treeSize, root: one.note.root },
      second: { size: other.note.treeSize, root: other.note.root },
    };
    const hashes = path?.map((text) => Buffer.from(text, "hex"));
    if (hashes === undefined || !isConsistent({ ...trees, path: hashes })) {
      const sizes = `${trees.second.size} entries isn't one that ${trees.first.size} entries began`;
      return this.#fail(line, undefined, `the consistency proof fails: the journal of ${sizes}`);
    }
    this.#addCheckpoint(line, undefined, one.note);
    this.#addCheckpoint(line, undefined, other.note);
    this.#links.add(`${trees.first.size} ${trees.second.size}`);
  }

  /** An entry holds the hash of the one before. */
  #checkChain(): void {
    for (const [position, { previousHash, line }] of this.#hashes) {
      const before = this.#hashes.get(position - 1);
      if (before !== undefined && before.hash !== previousHash) {
        this.#fail(line, position, `it doesn't follow the entry of line ${before.line}`);
      }
    }
  }

  /** Two checkpoints are one history only when it was shown: each could be true of another journal. */
  #checkPair(earlier: CheckpointNote, later: CheckpointNote & { readonly line: number }): void {
    const sizes = `${earlier.treeSize} and ${later.treeSize}`;
    if (earlier.treeSize === later.treeSize) {
      this.#fail(later.line, undefined, `two checkpoints of ${later.treeSize} entries have different roots`);
    } else if (!this.#links.has(`${earlier.treeSize} ${later.treeSize}`)) {
      const remedy = `add a line with consistencyProof(from: ${earlier.treeSize}, to: ${later.treeSize})`;
      this.#fail(
        later.line,
        undefined,
        `nothing shows that the checkpoints of ${sizes} entries are one history: ${remedy}`,
      );
    }
  }
}
