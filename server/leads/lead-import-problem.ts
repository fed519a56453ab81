import type { LeadImportRowErrorCode } from "../../schema/lead-import-row-error.ts";

/** What is wrong with a row. The message holds nothing of the row: it may be somebody's data. */
export interface RowProblem {
  readonly code: LeadImportRowErrorCode;
  readonly message: string;
  /** Path in the shape of CaptureLeadInput. */
  readonly field: readonly string[] | null;
}

/** A row of a file, numbered; not yet judged as a lead. */
export interface FileRow<Content> {
  /** From 1, without the header line. */
  readonly row: number;
  readonly line: number;
  readonly content: Content | readonly RowProblem[];
}

export function isRefused<Content extends object>(
  content: Content | readonly RowProblem[],
): content is readonly RowProblem[] {
  return Array.isArray(content);
}
