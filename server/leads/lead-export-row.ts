import type { LeadExportColumn } from "../../schema/lead-export.ts";
import type { LeadRow } from "./lead-row.ts";

type Cell = string | Date | readonly string[] | Readonly<Record<string, unknown>> | null;

interface ExportColumn {
  /** The header of a CSV file and the member of a JSON line. Those that an import knows are its names. */
  readonly name: string;
  readonly value: (row: LeadRow, id: string) => Cell;
}

export const exportColumns = {
  ID: { name: "id", value: (_row, id) => id },
  EMAIL: { name: "email", value: (row) => row.email },
  PHONE: { name: "phone", value: (row) => row.phone },
  EXTERNAL_ID: { name: "externalId", value: (row) => row.external_id },
  NAME: { name: "name", value: (row) => row.name },
  COMPANY: { name: "company", value: (row) => row.company },
  SOURCE: { name: "source", value: (row) => row.source },
  MESSAGE: { name: "message", value: (row) => row.message },
  STAGE: { name: "stage", value: (row) => row.stage },
  STAGE_REASON: { name: "stageReason", value: (row) => row.stage_reason },
  OWNER_EMAIL: { name: "ownerEmail", value: (row) => row.member_email },
  TAGS: { name: "tags", value: (row) => row.tags },
  ATTRIBUTES: { name: "attributes", value: (row) => row.attributes },
  REFERRER: { name: "referrer", value: (row) => row.referrer },
  LANDING_PAGE: { name: "landingPage", value: (row) => row.landing_page },
  UTM_SOURCE: { name: "utmSource", value: (row) => row.utm_source },
  UTM_MEDIUM: { name: "utmMedium", value: (row) => row.utm_medium },
  UTM_CAMPAIGN: { name: "utmCampaign", value: (row) => row.utm_campaign },
  UTM_TERM: { name: "utmTerm", value: (row) => row.utm_term },
  UTM_CONTENT: { name: "utmContent", value: (row) => row.utm_content },
  CREATED_AT: { name: "createdAt", value: (row) => row.created_at },
  UPDATED_AT: { name: "updatedAt", value: (row) => row.updated_at },
} as const satisfies Readonly<Record<LeadExportColumn, ExportColumn>>;

export const allExportColumns = Object.keys(exportColumns) as LeadExportColumn[];

export function toJsonLine(row: LeadRow, id: string, columns: readonly LeadExportColumn[]): string {
  const members = columns.map((column) => [exportColumns[column].name, exportColumns[column].value(row, id)] as const);
  return `${JSON.stringify(Object.fromEntries(members))}\n`;
}

export function toCells(row: LeadRow, id: string, columns: readonly LeadExportColumn[]): string[] {
  return columns.map((column) => toCell(exportColumns[column].value(row, id)));
}

function toCell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  if (isList(value)) return value.join(",");
  return Object.keys(value).length === 0 ? "" : JSON.stringify(value);
}

function isList(value: Exclude<Cell, string | Date | null>): value is readonly string[] {
  return Array.isArray(value);
}
