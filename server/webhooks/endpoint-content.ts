import type { KnownPrincipal } from "../operations/principal.ts";
import {
  type EndpointError,
  type Read,
  readDescription,
  readEndpointScopes,
  readEventTypes,
  readUrl,
} from "./endpoint-rule.ts";
import type { EndpointContent } from "./endpoint-store.ts";
import type { WebhookDocuments } from "./webhook-document.ts";

/** What a caller wants an endpoint to be. */
export interface EndpointWish {
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly string[];
  /** What the endpoint has already, perhaps of an earlier version: that may stay. */
  readonly keptTypes?: readonly string[];
  readonly document?: string | null | undefined;
  readonly scopes?: readonly string[] | null | undefined;
}

interface Rules {
  readonly documents: WebhookDocuments;
  readonly allowPrivate: boolean;
}

/** The wish as it is stored, or all that is wrong with it. */
export function readContent(
  { documents, allowPrivate }: Rules,
  principal: KnownPrincipal,
  wish: EndpointWish,
): { readonly content: EndpointContent } | { readonly userErrors: EndpointError[] } {
  const document = wish.document ?? null;
  const checked = document === null ? null : documents.check(document, principal.tenantId);
  const url = readUrl(wish.url, allowPrivate);
  const description = readDescription(wish.description);
  const eventTypes = readEventTypes(wish.eventTypes, wish.keptTypes);
  const scopes: Read<readonly string[]> =
    checked?.kind === "INVALID"
      ? { error: { code: "DOCUMENT_INVALID", message: checked.message, field: ["input", "document"] } }
      : readEndpointScopes(principal, wish.scopes, checked?.needs ?? null);
  if ("value" in url && "value" in description && "value" in eventTypes && "value" in scopes) {
    const content = { url: url.value, description: description.value, document };
    return { content: { ...content, event_types: eventTypes.value, scopes: scopes.value } };
  }
  return {
    userErrors: [url, description, eventTypes, scopes].flatMap((read) => ("error" in read ? [read.error] : [])),
  };
}

const names: Readonly<Record<keyof EndpointContent, string>> = {
  url: "url",
  description: "description",
  event_types: "eventTypes",
  document: "document",
  scopes: "scopes",
};

/** The API's names of what differs. */
export function changedFields(before: EndpointContent, after: EndpointContent): string[] {
  return (Object.keys(names) as (keyof EndpointContent)[])
    .filter((column) => JSON.stringify(before[column]) !== JSON.stringify(after[column]))
    .map((column) => names[column]);
}
