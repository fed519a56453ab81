import type { LeadImportField } from "../../schema/lead-import-columns.ts";
import type { CaptureLeadInput, LeadOriginInput } from "../../schema/lead-capture.ts";
import type { ImportColumn } from "./lead-import-columns.ts";
import type { RowProblem } from "./lead-import-problem.ts";

type TextField = Exclude<keyof CaptureLeadInput, "origin" | "attributes" | "tags" | "consent" | "honeypot">;

const textFields: Readonly<Partial<Record<LeadImportField, TextField>>> = {
  EMAIL: "email",
  PHONE: "phone",
  EXTERNAL_ID: "externalId",
  NAME: "name",
  COMPANY: "company",
  SOURCE: "source",
  MESSAGE: "message",
};

const originFields: Readonly<Partial<Record<LeadImportField, keyof LeadOriginInput>>> = {
  REFERRER: "referrer",
  LANDING_PAGE: "landingPage",
  UTM_SOURCE: "utmSource",
  UTM_MEDIUM: "utmMedium",
  UTM_CAMPAIGN: "utmCampaign",
  UTM_TERM: "utmTerm",
  UTM_CONTENT: "utmContent",
};

/** The person that a row of cells describes, or what is wrong with the row. */
export function readCells(
  cells: readonly string[],
  columns: readonly ImportColumn[],
): CaptureLeadInput | readonly RowProblem[] {
  if (cells.length !== columns.length) {
    const message = `The row has ${cells.length} cells, the header line ${columns.length}.`;
    return [{ code: "COLUMN_COUNT", message, field: null }];
  }
  const input: CaptureLeadInput = {};
  const origin: LeadOriginInput = {};
  const attributes: Record<string, unknown> = {};
  const problems: RowProblem[] = [];
  const names: { first?: string; last?: string } = {};
  columns.forEach(({ field, attribute, type }, index) => {
    const cell = withoutGuard(cells[index] ?? "").trim();
    if (cell === "") return;
    if (attribute !== null) {
      const value = readAttribute(cell, type);
      if (value === undefined) problems.push(wrongType(attribute, type));
      else attributes[attribute] = value;
    }
    if (field === null) return;
    const textField = textFields[field];
    const originField = originFields[field];
    if (textField !== undefined) input[textField] = cell;
    else if (originField !== undefined) origin[originField] = cell;
    else if (field === "TAGS") input.tags = cell.split(/[,;|]/).filter((tag) => tag.trim() !== "");
    else if (field === "FIRST_NAME") names.first = cell;
    else names.last = cell;
  });
  if (problems.length > 0) return problems;
  const name = [names.first, names.last].filter((part) => part !== undefined).join(" ");
  if (input.name === undefined && name !== "") input.name = name;
  return Object.assign(input, { origin, attributes });
}

/** Exports put an apostrophe before what a spreadsheet would take for a formula; here it comes off again. */
function withoutGuard(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function readAttribute(cell: string, type: ImportColumn["type"]): string | number | boolean | undefined {
  switch (type) {
    case "TEXT":
      return cell;
    case "NUMBER":
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(cell) && Number.isFinite(Number(cell))
        ? Number(cell)
        : undefined;
    case "BOOLEAN":
      if (/^(true|yes|1)$/i.test(cell)) return true;
      return /^(false|no|0)$/i.test(cell) ? false : undefined;
  }
}

function wrongType(attribute: string, type: ImportColumn["type"]): RowProblem {
  return {
    code: "ATTRIBUTES_INVALID",
    message: type === "NUMBER" ? "That is no number." : "That is neither true nor false.",
    field: ["attributes", attribute],
  };
}
