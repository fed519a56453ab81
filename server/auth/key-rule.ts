import type { UserErrorData } from "../../schema/errors.ts";
import { type Action, scopes } from "../operations/actions.ts";
import { isAllowed } from "../operations/authorize.ts";
import type { Principal } from "../operations/principal.ts";

const maximumOrigins = 100;

/** Every secret key may see who it is, so that `viewer` and `node` work with any of them. */
const impliedScope: Action = "viewer:read";

/** The scopes of a new key, in the table's order; refused when one is unknown, or more than its creator may do. */
export function readScopes(
  creator: Principal,
  requested: readonly string[],
): readonly Action[] | UserErrorData<"SCOPES_INVALID"> {
  const field = ["input", "scopes"];
  if (requested.length === 0) return { code: "SCOPES_INVALID", message: "A key needs at least one scope.", field };
  const unknown = requested.find((scope) => !scopes.some((known) => known === scope && isAllowed(creator, known)));
  if (unknown !== undefined) {
    return { code: "SCOPES_INVALID", message: `Keys can't have the scope "${unknown.slice(0, 100)}".`, field };
  }
  return scopes.filter((scope) => scope === impliedScope || requested.includes(scope));
}

/** Origins as browsers send them; refused when one is more, or less, than that. */
export function readOrigins(requested: readonly string[]): readonly string[] | UserErrorData<"ORIGIN_INVALID"> {
  const field = ["input", "allowedOrigins"];
  if (requested.length > maximumOrigins) {
    return { code: "ORIGIN_INVALID", message: `A key has at most ${maximumOrigins} origins.`, field };
  }
  const origins = requested.map(originOf);
  const index = origins.indexOf(null);
  if (index !== -1) {
    const message = `"${requested[index]?.slice(0, 100) ?? ""}" isn't an origin such as https://example.com.`;
    return { code: "ORIGIN_INVALID", message, field: [...field, String(index)] };
  }
  return [...new Set(origins.filter((origin) => origin !== null))];
}

function originOf(text: string): string | null {
  if (!URL.canParse(text.trim())) return null;
  const url = new URL(text.trim());
  // A wildcard would be a host of that very name, which no page has.
  const isOnlyOrigin = url.href === `${url.origin}/` && /^https?:$/.test(url.protocol) && !url.host.includes("*");
  return isOnlyOrigin ? url.origin : null;
}
