import type { CaptureLeadInput } from "../../schema/lead-capture.ts";
import { AppError } from "../operations/app-error.ts";
import { checkVariableTexts } from "../operations/text-check.ts";
import { type Candidate, readCandidate } from "./capture-candidate.ts";
import type { Delimiter } from "./csv-delimiter.ts";
import { TextReader, type TextEncoding } from "./csv-encoding.ts";
import { readCsvRows } from "./csv-rows.ts";
import { readCells } from "./lead-import-cells.ts";
import { chooseColumns, type ImportColumn } from "./lead-import-columns.ts";
import { ImportFailed } from "./lead-import-failure.ts";
import { readJsonLine } from "./lead-import-json.ts";
import { readLines } from "../operations/text-lines.ts";
import type { ImportOptions } from "./lead-import-options.ts";
import { type FileRow, isRefused, type RowProblem } from "./lead-import-problem.ts";

/** What was found out about a file. */
export interface FileLayout {
  readonly encoding: TextEncoding;
  readonly delimiter: Delimiter | null;
  readonly columns: readonly ImportColumn[];
}

export interface ImportSetting {
  readonly options: ImportOptions;
  /** ISO 3166-1 code of the country whose phone numbers need no prefix. */
  readonly defaultCountry: string;
  readonly now: Date;
  readonly onLayout: (layout: FileLayout) => void;
}

/** The rows of a file as it arrives, each as a person to capture or with what is wrong with it. */
export async function* readFileRows(
  bytes: AsyncIterable<Buffer>,
  setting: ImportSetting,
): AsyncGenerator<FileRow<Candidate>> {
  const { options } = setting;
  const reader = new TextReader(options.encoding);
  const texts = decode(bytes, reader);
  const rows = options.format === "CSV" ? csvPeople(texts, reader, setting) : jsonPeople(texts, reader, setting);
  let row = 0;
  for await (const { line, content } of rows) {
    row += 1;
    yield { row, line, content: isRefused(content) ? content : judge(content, setting) };
  }
}

async function* decode(bytes: AsyncIterable<Buffer>, reader: TextReader): AsyncGenerator<string> {
  let isEmpty = true;
  for await (const piece of bytes) {
    if (piece.length > 0) isEmpty = false;
    yield reader.read(piece);
  }
  if (isEmpty) throw new ImportFailed("FILE_EMPTY", "The file has no bytes.");
  yield reader.end();
}

type Person = Omit<FileRow<CaptureLeadInput>, "row">;

async function* csvPeople(
  texts: AsyncIterable<string>,
  reader: TextReader,
  { options, onLayout }: ImportSetting,
): AsyncGenerator<Person> {
  let delimiter: Delimiter = "COMMA";
  let columns: ImportColumn[] | undefined;
  const rows = readCsvRows(texts, options.delimiter, (found) => (delimiter = found));
  for await (const { cells, line } of rows) {
    if (columns === undefined) {
      columns = chooseColumns(cells, options.mapping);
      onLayout({ encoding: reader.encoding, delimiter, columns });
    } else if (cells.some((cell) => isDamaged(cell))) yield { line, content: [damagedText] };
    else yield { line, content: readCells(cells, columns) };
  }
  if (columns === undefined) throw new ImportFailed("FILE_EMPTY", "The file has no header line.");
  // The encoding is known for certain only now: a file can begin with ASCII for a long way.
  onLayout({ encoding: reader.encoding, delimiter, columns });
}

async function* jsonPeople(
  texts: AsyncIterable<string>,
  reader: TextReader,
  { onLayout }: ImportSetting,
): AsyncGenerator<Person> {
  for await (const { line, text } of readLines(texts)) {
    if (text === null) yield { line, content: [tooLong] };
    else if (isDamaged(text)) yield { line, content: [damagedText] };
    else yield { line, content: readJsonLine(text) };
  }
  onLayout({ encoding: reader.encoding, delimiter: null, columns: [] });
}

function judge(input: CaptureLeadInput, { options, defaultCountry, now }: ImportSetting): Candidate | RowProblem[] {
  if (!isStorable(input)) return [damagedText];
  const tags = options.tags.length === 0 ? input.tags : [...options.tags, ...(input.tags ?? [])];
  const source = input.source == null || input.source.trim() === "" ? options.source : input.source;
  // The address of whoever sends a file says nothing about the people in it.
  const read = readCandidate(Object.assign(input, { source }, tags == null ? {} : { tags }), {
    defaultCountry,
    now,
    address: null,
    isTrusted: true,
  });
  if ("candidate" in read) return read.candidate;
  return read.userErrors.map(({ code, message, field }) => {
    const path = field?.slice(1) ?? []; // without "input"
    return { code, message, field: path.length === 0 ? null : path };
  });
}

/** U+FFFD is what the decoder writes for bytes that are no character. */
function isDamaged(text: string): boolean {
  return text.includes("\uFFFD") || text.includes("\0");
}

/** JSON can spell what no text has: NUL and half a surrogate pair. */
function isStorable(input: CaptureLeadInput): boolean {
  try {
    checkVariableTexts(input);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

const damagedText: RowProblem = {
  code: "TEXT_INVALID",
  message: "A text has bytes that are no characters in the file's encoding, NUL, or half a surrogate pair.",
  field: null,
};

const tooLong: RowProblem = { code: "TOO_LONG", message: "The line is longer than 256 kB.", field: null };
