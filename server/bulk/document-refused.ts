/** Says why a document can't be run in bulk. Caught where the document came in. */
export class DocumentRefused extends Error {
  override readonly name = "DocumentRefused";
  readonly code: "DOCUMENT_INVALID" | "NOT_ALLOWED";

  constructor(message: string, code: "DOCUMENT_INVALID" | "NOT_ALLOWED" = "DOCUMENT_INVALID") {
    super(message);
    this.code = code;
  }
}

/** Names that we put into documents; no caller's name begins with it. */
export const ownPrefix = "bulk__";
