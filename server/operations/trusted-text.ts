import { AppError } from "./app-error.ts";
import type { Principal } from "./principal.ts";

/** What a caller names as his document, by text, by id, or both. */
export interface NamedDocument {
  readonly query?: string | null | undefined;
  readonly documentId?: string | null | undefined;
}

/** A document's text that the caller may use. */
export interface TrustedText {
  readonly text: string;
  /** Its id, when the caller named it by one. */
  readonly documentId: string | null;
}

/** Decides which text a caller's document has, and whether he may use it. */
export class TrustStage {
  decide(_principal: Principal, { query, documentId }: NamedDocument): TrustedText | Promise<TrustedText> {
    if (typeof query === "string" && query !== "") return { text: query, documentId: null };
    // Clients of automatic persisted queries match the message, and then send the text.
    if (documentId != null) throw new AppError("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound");
    throw new AppError("BAD_USER_INPUT", "The request names no document: send `query` or `documentId`.", {
      reason: "REQUEST",
    });
  }
}
