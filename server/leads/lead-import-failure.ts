import type { LeadImportFailure } from "../../schema/lead-import-status.ts";

/** Ends an import. The message is for people and holds nothing of the file. */
export class ImportFailed extends Error {
  override readonly name = "ImportFailed";
  readonly failure: LeadImportFailure;

  constructor(failure: LeadImportFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

/** Longest row or line, in characters. It also bounds what a quote that is never closed can swallow. */
export const maxRowLength = 256 * 1024;
