/**
 * Verifies an exported journal without the server: `npm run verify-proofs -- export.jsonl`.
 *
 *   --key <public key>   Ed25519, base64 or as a verifier key (nexora+1a2b3c4d+AW…); may be repeated. Without it the keys count that
 *                        the export brings, and are printed.
 *   --complete           every entry that the latest checkpoint covers has to be there
 *
 * Exit code 0: all is proven. 1: something isn't; each line says which and why. 2: it couldn't be tried.
 */
import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { readPublicKey } from "./verify-proofs/public-key.ts";
import { readLines } from "./verify-proofs/read-lines.ts";
import { report } from "./verify-proofs/report.ts";
import { verifyExport } from "./verify-proofs/verify-export.ts";

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: "string", multiple: true, default: [] }, complete: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  if (file === undefined)
    throw new Error("usage: npm run verify-proofs -- [--key <public key>] [--complete] <export.jsonl>");
  const lines = readLines(createReadStream(file));
  const verdict = await verifyExport(lines, values.key.map(readPublicKey));
  for (const line of report(verdict)) console.log(line);
  const isComplete = verdict.positions.length === verdict.checkpoints.at(-1)?.treeSize;
  if (verdict.problems.length > 0 || (values.complete && !isComplete)) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
