import { type DocumentNode, Kind, visit } from "graphql";
import { AppError } from "./app-error.ts";

// PostgreSQL stores neither; JSON and GraphQL can carry both.
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

function refuse(): never {
  throw new AppError("BAD_USER_INPUT", "A text holds a NUL character or half of a surrogate pair.", {
    reason: "VARIABLES",
  });
}

/** Refuses texts in the variables that are no Unicode text or hold NUL. */
export function checkVariableTexts(value: unknown): void {
  if (typeof value === "string") {
    if (!isStorable(value)) refuse();
  } else if (Array.isArray(value)) {
    for (const item of value) checkVariableTexts(item);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (!isStorable(key)) refuse();
      checkVariableTexts(item);
    }
  }
}

const checkedDocuments = new WeakSet<DocumentNode>();

/** The same for texts that stand in the document itself. */
export function checkDocumentTexts(document: DocumentNode): void {
  if (checkedDocuments.has(document)) return;
  visit(document, {
    [Kind.STRING]: (node) => {
      if (!isStorable(node.value)) refuse();
    },
  });
  checkedDocuments.add(document);
}
