interface GeneratedDocument {
  /** GraphQL Code Generator writes it: ours always, yours with `persistedDocuments: { mode: "embedHashInDocument" }`. */
  readonly __meta__?: { readonly hash?: unknown } | undefined;
}

/** Which documents this client names by their ids: those that know their hash, until the server says that it doesn't. */
export class DocumentIds {
  readonly #unknown = new Set<string>();

  of(document: unknown): string | undefined {
    const hash = (document as GeneratedDocument).__meta__?.hash;
    const id = typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash) ? `sha256:${hash}` : undefined;
    return id === undefined || this.#unknown.has(id) ? undefined : id;
  }

  isKnown(id: string): boolean {
    return !this.#unknown.has(id);
  }

  /** The server doesn't have this document: send its text from now on. */
  forget(id: string): void {
    this.#unknown.add(id);
  }
}

/**
 * Sends a request's body with the document's id in place of its text; when the server doesn't know it, with the text.
 * Nothing was executed then, so this repeats mutations, too.
 */
export async function sendById(
  documents: DocumentIds,
  documentId: string,
  body: string,
  send: (body: string) => Promise<Response>,
): Promise<Response> {
  const { query: _text, ...rest } = JSON.parse(body) as Record<string, unknown>;
  const response = await send(JSON.stringify({ documentId, ...rest }));
  if (response.status !== 400) return response;
  const answer = await response.text();
  if (!isUnknownDocument(errorsIn(answer))) return new Response(answer, response); // its body has been read
  documents.forget(documentId);
  return send(body);
}

/** Whether errors of GraphQL say that the server doesn't know a document's id. */
export function isUnknownDocument(errors: unknown): boolean {
  const [first] = Array.isArray(errors) ? (errors as unknown[]) : [];
  const extensions =
    typeof first === "object" && first !== null && "extensions" in first ? first.extensions : undefined;
  return (
    typeof extensions === "object" &&
    extensions !== null &&
    "code" in extensions &&
    extensions.code === "PERSISTED_QUERY_NOT_FOUND"
  );
}

function errorsIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { errors?: unknown }).errors;
  } catch {
    return undefined; // not GraphQL: a proxy's page
  }
}
