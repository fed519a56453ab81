import { LRUCache } from "lru-cache";
import Negotiator from "negotiator";

export const jsonType = "application/json; charset=utf-8";
export const graphqlType = "application/graphql-response+json; charset=utf-8";

// In Apollo's order, which decides between types that a caller likes equally. The last one is Apollo's for its own clients.
const apolloTypes = [jsonType, graphqlType, "application/json; callbackSpec=1.0; charset=utf-8"];
const callers = new LRUCache<string, { readonly type: string | null }>({ max: 100 });
const refused = new LRUCache<string, string>({ max: 100 });
const maxRememberedLength = 300;

/** The media type of an answer by the Accept header, as Apollo chooses it; null when none of ours is acceptable. */
export function answerType(accept: string | undefined): string | null {
  if (accept === undefined || accept === "") return jsonType;
  const known = callers.get(accept);
  if (known !== undefined) return known.type;
  const chosen = new Negotiator({ headers: { accept } }).mediaType(apolloTypes);
  const type = chosen === jsonType || chosen === graphqlType ? chosen : null;
  // Clients send a handful of headers, always the same; each is read once.
  if (accept.length <= maxRememberedLength) callers.set(accept, { type });
  return type;
}

/** Of an answer that is no result: the type made for it, unless the caller takes plain JSON only. */
export function refusalType(accept = "*/*"): string {
  const known = refused.get(accept);
  if (known !== undefined) return known;
  const type = new Negotiator({ headers: { accept } }).mediaType([graphqlType, jsonType]) ?? jsonType;
  if (accept.length <= maxRememberedLength) refused.set(accept, type);
  return type;
}
