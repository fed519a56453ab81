import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { LeadImportDelimiter } from "../../schema/lead-import-text.ts";
import { type Delimiter, delimiters, detectDelimiter, hasWholeLine } from "./csv-delimiter.ts";
import { ImportFailed, maxRowLength } from "./lead-import-failure.ts";

export interface CsvRow {
  readonly cells: readonly string[];
  /** Line on which the row begins, from 1. */
  readonly line: number;
}

/** Excel's own way to name the delimiter, in a line before the header. */
const excelLine = /^sep=([,;\t|])\r?\n/i;

/**
 * The rows of a CSV file as they arrive; empty lines are left out. A quote inside a cell stands for itself, as in Excel;
 * one that is never closed makes all that follows one cell, and nobody can tell where rows begin: that ends the file.
 */
export async function* readCsvRows(
  texts: AsyncIterable<string>,
  wanted: LeadImportDelimiter,
  onDelimiter: (delimiter: Delimiter) => void,
): AsyncGenerator<CsvRow> {
  const source = texts[Symbol.asyncIterator]();
  let start = "";
  for (;;) {
    const { value, done } = await source.next();
    if (done === true) break;
    start += value;
    if (hasWholeLine(start) || start.length > maxRowLength) break;
  }
  const excel = excelLine.exec(start);
  const isAuto = wanted === "AUTO";
  const delimiter = isAuto ? detectDelimiter(excel?.[1] ?? start) : wanted;
  onDelimiter(delimiter);
  const lead = excel === null ? "" : excel[0];
  const rest = { [Symbol.asyncIterator]: () => source };
  yield* parseRows(concatenate(start.slice(lead.length), rest), delimiters[delimiter], lead === "" ? 0 : 1);
}

async function* parseRows(
  texts: AsyncIterable<string>,
  delimiter: string,
  linesBefore: number,
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: maxRowLength,
    record_delimiter: ["\r\n", "\n", "\r"],
  });
  const input = Readable.from(texts, { objectMode: false, encoding: "utf8" });
  input.on("error", (error) => parser.destroy(error));
  input.pipe(parser);
  let countedTwice = 0; // the parser takes CR LF inside quotes for two lines
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const breaks = countBreaks(record);
      countedTwice += breaks.crlf;
      yield { cells: record, line: linesBefore + info.lines - countedTwice - breaks.all };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ImportFailed("FILE_UNREADABLE", unreadable(error), { cause: error });
  } finally {
    input.destroy();
  }
}

function unreadable({ code }: CsvError): string {
  return code === "CSV_QUOTE_NOT_CLOSED"
    ? "The file ends inside quotes: a quote is opened and never closed."
    : "A row is longer than 256 kB. Perhaps a quote is opened and never closed.";
}

/** Line breaks inside the cells of a row: the parser tells where a row ends. */
function countBreaks(cells: readonly string[]): { readonly all: number; readonly crlf: number } {
  let all = 0;
  let crlf = 0;
  for (const cell of cells) {
    if (!cell.includes("\n")) continue;
    all += cell.split("\n").length - 1;
    crlf += cell.split("\r\n").length - 1;
  }
  return { all, crlf };
}

async function* concatenate(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (first !== "") yield first;
  for await (const text of rest) if (text !== "") yield text;
}
