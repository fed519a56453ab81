import type { UserErrorData } from "../../schema/errors.ts";
import { journalTypes } from "../journal/journal-types.ts";
import { type Action, scopes as keyScopes } from "../operations/actions.ts";
import { isAllowed } from "../operations/authorize.ts";
import type { Principal } from "../operations/principal.ts";
import { isPublicAddress, literalAddress } from "./public-address.ts";

/** What an endpoint's fields have to be, for creating and for changing one. */
type RuleCode = "URL_INVALID" | "DESCRIPTION_INVALID" | "EVENT_TYPES_INVALID" | "DOCUMENT_INVALID" | "SCOPES_INVALID";
export type EndpointError = UserErrorData<RuleCode>;

export type Read<Value> = { readonly value: Value } | { readonly error: EndpointError };

const maxUrlLength = 2_000;
const maxDescriptionLength = 500;
const maxEventTypes = 100;

function refuse(code: RuleCode, field: string, message: string): { readonly error: EndpointError } {
  return { error: { code, message, field: ["input", field] } };
}

/** `allowPrivate`: for development, http and addresses that aren't public are taken, too. */
export function readUrl(text: string, allowPrivate: boolean): Read<string> {
  const trimmed = text.trim();
  if (trimmed.length > maxUrlLength || !URL.canParse(trimmed)) {
    return refuse("URL_INVALID", "url", `A URL begins with https:// and has at most ${maxUrlLength} characters.`);
  }
  const url = new URL(trimmed);
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:")) {
    return refuse("URL_INVALID", "url", "A URL begins with https://.");
  }
  if (url.username !== "" || url.password !== "") {
    return refuse("URL_INVALID", "url", "A URL has no user and no password: the signature proves who sends.");
  }
  const address = literalAddress(url);
  if (address !== null && !allowPrivate && !isPublicAddress(address)) {
    return refuse("URL_INVALID", "url", "The address isn't public.");
  }
  url.hash = "";
  return url.href.length > maxUrlLength
    ? refuse("URL_INVALID", "url", `A URL has at most ${maxUrlLength} characters.`)
    : { value: url.href };
}

export function readDescription(text: string): Read<string> {
  const value = text.trim();
  return value.length > maxDescriptionLength || /\p{Cc}/u.test(value)
    ? refuse("DESCRIPTION_INVALID", "description", `A description has at most ${maxDescriptionLength} characters.`)
    : { value };
}

const knownTypes = new Set(journalTypes.flatMap((type) => [type, type.replace(/\..*/, ".*")]));

/** A type that there isn't would be waited for in vain. `kept`: what is taken though it may not be known any more. */
export function readEventTypes(types: readonly string[], kept: readonly string[] = []): Read<readonly string[]> {
  if (types.length > maxEventTypes) {
    return refuse("EVENT_TYPES_INVALID", "eventTypes", `At most ${maxEventTypes} types are possible.`);
  }
  const wrong = types.find((type) => !knownTypes.has(type) && !kept.includes(type));
  return wrong === undefined
    ? { value: [...new Set(types)] }
    : refuse(
        "EVENT_TYPES_INVALID",
        "eventTypes",
        `There is no type "${wrong.slice(0, 100)}": see docs/guides/webhooks.md, or take lead.captured or lead.*.`,
      );
}

/** Without a document the payload is the entry. */
const entryAction: Action = "journal:read";

/**
 * The scopes of an endpoint: those that are asked for, or what its payload needs. Whoever gives them has them himself, or an
 * endpoint would be a way to read more than one may.
 */
export function readEndpointScopes(
  giver: Principal,
  requested: readonly string[] | null | undefined,
  needed: readonly Action[] | null,
): Read<readonly string[]> {
  const needs = needed ?? [entryAction];
  const given = requested ?? needs;
  const unknown = given.find((scope) => !keyScopes.some((known) => known === scope && isAllowed(giver, known)));
  if (unknown !== undefined) {
    return refuse("SCOPES_INVALID", "scopes", `You can't give the scope "${unknown.slice(0, 100)}".`);
  }
  const missing = needs.find((action) => !given.includes(action));
  return missing === undefined
    ? { value: keyScopes.filter((scope) => given.includes(scope)) }
    : refuse("SCOPES_INVALID", "scopes", `The payload needs the scope "${missing}".`);
}

/** Whether the principal may see what the endpoint's payloads show, and so may lead them elsewhere. */
export function hasScopes(principal: Principal, scopes: readonly string[]): boolean {
  return scopes.every((scope) => keyScopes.some((known) => known === scope && isAllowed(principal, known)));
}
