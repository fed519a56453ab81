import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import type { CaptureLeadInput } from "@nexora/sdk";

export const source = "bank-marketing";
export const rowCount = 45_211;

const numbers = new Set(["age", "balance", "day", "campaign", "pdays", "previous"]);
const answers = new Set(["default", "housing", "loan", "y"]);

/** The people of the file, in its order. Row numbers count from 1. */
export async function* readBankCustomers(rows: number): AsyncGenerator<CaptureLeadInput> {
  const file = createReadStream(new URL("bank-full.csv.gz", import.meta.url));
  const lines = createInterface({ input: file.pipe(createGunzip()), crlfDelay: Infinity });
  let columns: string[] | undefined;
  let row = 0;
  for await (const line of lines) {
    // The format is plain: text in double quotes without quotes or semicolons in it (README.md).
    const cells = line.split(";").map((cell) => cell.replace(/^"(.*)"$/, "$1"));
    if (columns === undefined) {
      columns = cells;
      continue;
    }
    if (row === rows) break;
    row += 1;
    yield toLead(row, columns, cells);
  }
  file.destroy();
}

function toLead(row: number, columns: readonly string[], cells: readonly string[]): CaptureLeadInput {
  const attributes: Record<string, string | number | boolean> = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? "unknown";
    const isMissing = cell === "unknown" || (column === "pdays" && cell === "-1");
    // The length of the call isn't known before the call.
    if (isMissing || column === "duration") continue;
    const name = column === "y" ? "termDeposit" : column;
    attributes[name] = numbers.has(column) ? Number(cell) : answers.has(column) ? cell === "yes" : cell;
  }
  return { email: `customer-${row}@example.com`, externalId: `bank-full:${row}`, source, attributes };
}
