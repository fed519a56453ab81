import type { UserErrorData } from "../../schema/errors.ts";
import type { TrustedDocumentInput, UploadDocumentManifestInput } from "../../schema/trusted-document-inputs.ts";
import { documentIdOf } from "../operations/document-id.ts";
import { normalizeName } from "../operations/names.ts";

type Code = "NAME_INVALID" | "DOCUMENTS_MISSING" | "TOO_MANY_DOCUMENTS" | "ID_MISMATCH" | "DOCUMENT_INVALID";
type Refusal = UserErrorData<Code>;

/** What is wrong with a text as a document of the schema; empty when nothing is. */
export type CheckDocument = (text: string) => readonly string[];

export interface CheckedDocuments {
  readonly app: string;
  readonly version: string;
  /** Texts by their ids. */
  readonly texts: ReadonlyMap<string, string>;
}

const maxDocuments = 500;
const maxRefusals = 20;

/** An upload as it can be stored, or why it can't. */
export function readDocuments(
  { app, version, documents }: UploadDocumentManifestInput,
  check: CheckDocument,
): CheckedDocuments | { readonly userErrors: Refusal[] } {
  const name = normalizeName(app);
  const versionName = normalizeName(version);
  const userErrors = [
    ...(name === null ? [badName("app")] : []),
    ...(versionName === null ? [badName("version")] : []),
  ];
  const field = ["input", "documents"];
  if (documents.length === 0) {
    userErrors.push({ code: "DOCUMENTS_MISSING", message: "There is no document.", field });
  }
  if (documents.length > maxDocuments) {
    const message = `Send at most ${maxDocuments} documents at once.`;
    userErrors.push({ code: "TOO_MANY_DOCUMENTS", message, field });
    return { userErrors };
  }
  documents.forEach((document, index) => {
    if (userErrors.length < maxRefusals) userErrors.push(...refusals(document, [...field, String(index)], check));
  });
  if (name === null || versionName === null || userErrors.length > 0) return { userErrors };
  return { app: name, version: versionName, texts: new Map(documents.map(({ text }) => [documentIdOf(text), text])) };
}

function refusals({ id, text }: TrustedDocumentInput, field: string[], check: CheckDocument): Refusal[] {
  if (id.toLowerCase() !== documentIdOf(text)) {
    const message = "The id isn't `sha256:` and the hash of the text.";
    return [{ code: "ID_MISMATCH", message, field: [...field, "id"] }];
  }
  const [first] = check(text);
  return first === undefined ? [] : [{ code: "DOCUMENT_INVALID", message: first, field: [...field, "text"] }];
}

function badName(name: string): Refusal {
  const message = "It has 1 to 200 characters, none of them a control character.";
  return { code: "NAME_INVALID", message, field: ["input", name] };
}
