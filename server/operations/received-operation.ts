import { AppError } from "./app-error.ts";
import type { OperationParameters } from "./prepare-operation.ts";
import type { NamedDocument } from "./trusted-text.ts";

type Json = Readonly<Record<string, unknown>>;

/** What a caller sent, on any transport. */
export interface ReceivedOperation extends NamedDocument, OperationParameters {}

/** Reads an operation from a request's JSON; throws BAD_USER_INPUT when a member has another type than it should. */
export function readOperation(parameters: unknown): ReceivedOperation {
  if (Array.isArray(parameters)) throw refused("Several operations in one request aren't offered: send one at a time.");
  if (!isObject(parameters)) throw refused("The request is a JSON object with `query` or `documentId`.");
  const { query, documentId, operationName, variables, extensions } = parameters;
  if (query != null && typeof query !== "string") throw refused("`query` has to be a text.");
  if (documentId != null && typeof documentId !== "string") throw refused("`documentId` has to be a text.");
  if (operationName != null && typeof operationName !== "string") throw refused("`operationName` has to be a text.");
  if (variables != null && !isObject(variables)) throw refused("`variables` has to be an object.");
  if (extensions != null && !isObject(extensions)) throw refused("`extensions` has to be an object.");
  return {
    query,
    documentId: documentId ?? (extensions == null ? undefined : idInExtensions(extensions)),
    operationName,
    variables,
    extensions,
  };
}

/** The same from a query string, whose parameters are texts. */
export function readSearch(search: unknown): ReceivedOperation {
  if (!isObject(search)) return readOperation(search);
  return readOperation({
    ...search,
    variables: parsed(search["variables"], "variables"),
    extensions: parsed(search["extensions"], "extensions"),
  });
}

/** Ours, or that of automatic persisted queries (Apollo's clients). */
function idInExtensions({ documentId, persistedQuery }: Json): string | undefined {
  if (documentId != null) {
    if (typeof documentId !== "string") throw refused("`extensions.documentId` has to be a text.");
    return documentId;
  }
  if (persistedQuery == null) return undefined;
  const hash = isObject(persistedQuery) ? persistedQuery["sha256Hash"] : undefined;
  if (typeof hash !== "string") throw refused("`extensions.persistedQuery` has to have a `sha256Hash`.");
  return `sha256:${hash}`;
}

function parsed(text: unknown, name: string): unknown {
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError("BAD_USER_INPUT", `\`${name}\` isn't JSON.`, { reason: "REQUEST", cause });
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refused(message: string): AppError {
  return new AppError("BAD_USER_INPUT", message, { reason: "REQUEST" });
}
