import type { DocumentMode } from "../../schema/document-mode.ts";
import { AppError } from "./app-error.ts";
import { documentIdOf, hashOfId, idOfHash } from "./document-id.ts";
import type { Principal } from "./principal.ts";
import type { TrustedDocuments } from "./trusted-documents.port.ts";

/** What a caller names as his document, by text, by id, or both. */
export interface NamedDocument {
  readonly query?: string | null | undefined;
  readonly documentId?: string | null | undefined;
}

/** A document's text that the caller may use. */
export interface TrustedText {
  readonly text: string;
  /** The id that he named it by. */
  readonly documentId?: string | null;
  /** The id of a free text that has to be counted when it proves valid. */
  readonly countedAs?: string;
}

/** Decides which text a caller's document has, and whether he may use it: by the mode of his key. */
export class TrustStage {
  readonly #documents: TrustedDocuments | undefined;

  constructor(documents?: TrustedDocuments) {
    this.#documents = documents;
  }

  decide(principal: Principal, { query, documentId }: NamedDocument): TrustedText | Promise<TrustedText> {
    const text = query == null || query === "" ? undefined : query;
    if (documentId != null) return this.#byId(principal, documentId, text);
    if (text !== undefined) return this.#byText(principal, text);
    throw new AppError("BAD_USER_INPUT", "The request names no document: send `query` or `documentId`.", {
      reason: "REQUEST",
    });
  }

  /** Counts a free text that is valid and that its sender may use. */
  count(principal: Principal, { text, countedAs }: TrustedText): void {
    if (countedAs !== undefined) this.#documents?.countFreeText(principal, countedAs, text);
  }

  async #byId(principal: Principal, documentId: string, text: string | undefined): Promise<TrustedText> {
    const hash = hashOfId(documentId);
    const known = hash === null ? undefined : await this.#documents?.textOf(principal, idOfHash(hash));
    if (known !== undefined) return { text: known, documentId };
    // Clients of automatic persisted queries match the message, and then send the text as well.
    if (text === undefined) throw new AppError("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound");
    if (hash === null || documentIdOf(text) !== idOfHash(hash)) {
      throw new AppError("BAD_USER_INPUT", "The document's id isn't `sha256:` and the hash of its text.", {
        reason: "REQUEST",
      });
    }
    return this.#byText(principal, text);
  }

  #byText(principal: Principal, text: string): TrustedText | Promise<TrustedText> {
    const mode = modeOf(principal);
    return mode === "OPEN" ? { text } : this.#byStricterMode(principal, mode, text);
  }

  /** The text of a trusted document is trusted, whoever spells it out. */
  async #byStricterMode(principal: Principal, mode: "PREFER" | "ONLY", text: string): Promise<TrustedText> {
    const documentId = documentIdOf(text);
    if ((await this.#documents?.textOf(principal, documentId)) !== undefined) return { text };
    if (mode === "PREFER") return { text, countedAs: documentId };
    throw new AppError("FORBIDDEN", "This key may send trusted documents only.", { reason: "DOCUMENT_NOT_TRUSTED" });
  }
}

function modeOf(principal: Principal): DocumentMode {
  const isKey = principal.kind === "API_KEY" || principal.kind === "PUBLISHABLE_KEY";
  return (isKey ? principal.documentMode : undefined) ?? "OPEN";
}
