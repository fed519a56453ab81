import type { Verdict } from "./verify-export.ts";

const shown = 20;
const count = (value: number) => value.toLocaleString("en");

/** The verdict for people. */
export function report({
  entries,
  problems,
  positions,
  later,
  personal,
  checkpoints,
  untrustedKeys,
}: Verdict): string[] {
  const lines = problems.slice(0, shown).map(({ line, position, problem }) => {
    return `line ${line}, ${position === undefined ? "" : `position ${position}: `}${problem}`;
  });
  if (problems.length > shown) lines.push(`… and ${count(problems.length - shown)} more`);
  const proven = `${count(positions.length)} of ${count(entries)} entries are proven`;
  lines.push(problems.length === 0 ? `OK: ${proven}` : `FAILED: ${count(problems.length)} problems; ${proven}`);
  if (later > 0) lines.push(`${count(later)} later than the checkpoint, so not proven yet`);
  if (personal.verified + personal.absent > 0) {
    lines.push(
      `personal data: ${count(personal.verified)} verified, ${count(personal.absent)} erased or not in the export`,
    );
  }
  for (const { origin, treeSize, signedAt, keyId } of checkpoints) {
    lines.push(`checkpoint of ${origin}: ${count(treeSize)} entries at ${signedAt.toISOString()}, signed by ${keyId}`);
  }
  const latest = checkpoints.at(-1);
  if (latest !== undefined) lines.push(describeGaps(positions, latest.treeSize));
  if (untrustedKeys.length > 0) {
    const keys = untrustedKeys.join(", ");
    lines.push(
      `The export brought the key itself (${keys}): compare it with the published one, or pass it with --key.`,
    );
  }
  return lines;
}

/** An export may be a part of the journal: that is no mistake, and shouldn't be overlooked. */
function describeGaps(positions: readonly number[], size: number): string {
  const missing = size - positions.length;
  if (missing === 0) return "The export is complete: every entry of the checkpoint is in it.";
  return `The export is a part: ${count(missing)} of the checkpoint's ${count(size)} entries aren't in it.`;
}
