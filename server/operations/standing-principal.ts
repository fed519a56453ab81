import type { Action } from "./actions.ts";
import { isAllowed } from "./authorize.ts";
import { actorOf, type KnownPrincipal, type Principal } from "./principal.ts";

/** Whether what a principal was allowed when a connection or a link was made still holds: AuthService. */
export interface StandingRights {
  isStillValid(principal: Principal): Promise<boolean>;
}

/** How long a link works. An upload or download that has begun by then may go on. */
export const linkLifetimeMs = 15 * 60_000;

/** The uuid of the member or key. */
export function principalIdOf(principal: KnownPrincipal): string {
  const actor = actorOf(principal);
  if (actor.type === "SYSTEM") throw new Error("links are made for callers");
  return actor.id;
}

/** Whether a journal entry is about the principal's own key or membership. */
export function isAbout({ subjectId }: { readonly subjectId: string }, principal: Principal): boolean {
  return principal.kind !== "ANONYMOUS" && principalIdOf(principal) === subjectId;
}

/** A principal as JSON keeps it. */
export type StoredPrincipal = Readonly<Record<string, unknown>>;

export function storePrincipal(principal: KnownPrincipal): StoredPrincipal {
  return { ...principal };
}

/**
 * The principal that a link was made for, if it may still do it. An access token's end doesn't end the link: the link has
 * its own. That the member was removed or the key revoked does.
 */
export async function standingPrincipal(
  stored: StoredPrincipal,
  action: Action,
  { rights, now }: { readonly rights: StandingRights; readonly now: Date },
): Promise<KnownPrincipal | null> {
  const expiresAt = new Date(now.getTime() + linkLifetimeMs);
  const principal = { ...stored, expiresAt } as unknown as KnownPrincipal; // written by storePrincipal
  return isAllowed(principal, action) && (await rights.isStillValid(principal)) ? principal : null;
}
