import { type Action, ruleOf } from "./actions.ts";
import { AppError } from "./app-error.ts";
import type { KnownPrincipal, Principal } from "./principal.ts";

/** Whether the principal may do it. */
export function isAllowed(principal: Principal, action: Action): boolean {
  const rule = ruleOf(action);
  if (rule.isPublic === true) return true;
  switch (principal.kind) {
    case "ANONYMOUS":
      return false;
    case "MEMBER":
      return rule.roles.includes(principal.role);
    case "API_KEY":
      return rule.isForMembersOnly !== true && principal.scopes.includes(action);
    case "PUBLISHABLE_KEY":
      return rule.isPublishable === true;
  }
}

/**
 * Throws unless the principal may do it: UNAUTHENTICATED without a credential, else FORBIDDEN. Returns the principal, known
 * by then. For public actions, which know nobody, use isAllowed.
 */
export function authorize(principal: Principal, action: Action): KnownPrincipal {
  if (principal.kind === "ANONYMOUS") {
    throw new AppError(
      "UNAUTHENTICATED",
      "This needs a credential: an access token or a key in the Authorization header.",
      {
        reason: "CREDENTIAL",
      },
    );
  }
  if (!isAllowed(principal, action)) {
    throw new AppError("FORBIDDEN", `This needs the permission "${action}".`, {
      reason: "SCOPE",
      details: { scope: action },
    });
  }
  return principal;
}
