import type { ErrorPolicy } from "../../schema/error-policy.ts";
import type { LeadFileFormat } from "../../schema/lead-file.ts";
import type { ImportLeadsInput } from "../../schema/lead-import-inputs.ts";
import type { LeadImportDelimiter, LeadImportEncoding } from "../../schema/lead-import-text.ts";
import { FieldReader, maxLengths } from "./lead-fields.ts";
import { type ColumnMapping, identifies } from "./lead-import-columns.ts";

/** How a file is to be read, as it is kept with the import. */
export interface ImportOptions {
  readonly format: LeadFileFormat;
  readonly mapping: readonly ColumnMapping[] | null;
  readonly encoding: LeadImportEncoding;
  readonly delimiter: LeadImportDelimiter;
  readonly tags: readonly string[];
  readonly source: string;
  readonly isDryRun: boolean;
  readonly errorPolicy: ErrorPolicy;
}

export interface ImportRefusal {
  readonly code: "FILE_NAME_INVALID" | "MAPPING_INVALID" | "IDENTITY_MISSING" | "TAGS_INVALID" | "TOO_LONG";
  readonly message: string;
  readonly field: readonly string[];
}

const maxFileNameLength = 255;
const maxColumns = 500;
const maxColumnNameLength = 200;
const maxAttributeNameLength = 100;

/** Checks what can be checked before the file is there. */
export function readImportOptions(
  input: ImportLeadsInput,
): { readonly fileName: string; readonly options: ImportOptions } | { readonly userErrors: ImportRefusal[] } {
  const userErrors: ImportRefusal[] = [];
  const refuse = (code: ImportRefusal["code"], message: string, ...field: string[]) =>
    void userErrors.push({ code, message, field: ["input", ...field] });

  const fileName = input.fileName.trim();
  if (fileName === "" || fileName.length > maxFileNameLength) {
    refuse("FILE_NAME_INVALID", `A file's name has 1 to ${maxFileNameLength} characters.`, "fileName");
  }
  const source = input.source?.trim() || "import";
  if (source.length > maxLengths.source) {
    refuse("TOO_LONG", `A source has at most ${maxLengths.source} characters.`, "source");
  }
  const reader = new FieldReader();
  const tags = reader.tags(input.tags);
  for (const { message } of reader.errors) refuse("TAGS_INVALID", message, "tags");

  const mapping = input.mapping == null ? null : input.mapping.map(toMapping);
  if (mapping !== null) {
    const problem = mappingProblem(mapping, input.format);
    if (problem !== null) refuse("MAPPING_INVALID", problem, "mapping");
    else if (!identifies(mapping)) {
      const message = "A column with an e-mail address, a phone number or an external id is needed.";
      refuse("IDENTITY_MISSING", message, "mapping");
    }
  }
  if (userErrors.length > 0) return { userErrors };
  const { format, encoding, delimiter, dryRun: isDryRun, errorPolicy } = input;
  return { fileName, options: { format, mapping, encoding, delimiter, tags, source, isDryRun, errorPolicy } };
}

function toMapping({
  column,
  field,
  attribute,
  type,
}: NonNullable<ImportLeadsInput["mapping"]>[number]): ColumnMapping {
  return { column: column.trim(), field: field ?? null, attribute: attribute?.trim() || null, type };
}

function mappingProblem(mapping: readonly ColumnMapping[], format: LeadFileFormat): string | null {
  if (format !== "CSV") return "Only CSV files have columns.";
  if (mapping.length > maxColumns) return `At most ${maxColumns} columns are possible.`;
  if (mapping.some(({ field, attribute }) => (field === null) === (attribute === null))) {
    return "Each column has either a field or an attribute.";
  }
  if (mapping.some(({ column }) => column === "" || column.length > maxColumnNameLength)) {
    return `A column's name has 1 to ${maxColumnNameLength} characters.`;
  }
  if (mapping.some(({ attribute }) => (attribute ?? "").length > maxAttributeNameLength)) {
    return `An attribute's name has at most ${maxAttributeNameLength} characters.`;
  }
  const targets = mapping.map(({ field, attribute }) => field ?? `attribute ${attribute}`);
  const isTwice = (names: readonly string[]) => new Set(names).size < names.length;
  if (isTwice(targets) || isTwice(mapping.map(({ column }) => column))) return "A column or a target is named twice.";
  return null;
}
