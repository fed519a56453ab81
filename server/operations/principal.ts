import type { DocumentMode } from "../../schema/document-mode.ts";
import type { Role } from "../../schema/member.ts";
import type { Actor } from "../journal/entry.ts";

/** Whom a request comes from, as its credential says. Ids are uuids. */
export type Principal =
  | { readonly kind: "ANONYMOUS" }
  | {
      readonly kind: "MEMBER";
      readonly tenantId: string;
      readonly memberId: string;
      readonly role: Role;
      readonly authSessionId: string;
      readonly expiresAt: Date;
    }
  | {
      readonly kind: "API_KEY";
      readonly tenantId: string;
      readonly keyId: string;
      readonly scopes: readonly string[];
      readonly expiresAt: Date | null;
      /** Absent where nobody sends documents: the server's own work. */
      readonly documentMode?: DocumentMode;
    }
  | {
      readonly kind: "PUBLISHABLE_KEY";
      readonly tenantId: string;
      readonly keyId: string;
      readonly expiresAt: Date | null;
      readonly documentMode?: DocumentMode;
    };

export type KnownPrincipal = Exclude<Principal, { kind: "ANONYMOUS" }>;

/** Whether it matters who somebody is, and not only what he may do: clients, learners and coaches see what is their own. */
export function isPersonal(principal: Principal): principal is Principal & { readonly kind: "MEMBER" } {
  if (principal.kind !== "MEMBER") return false;
  const { role } = principal;
  return role === "CLIENT" || role === "LEARNER" || role === "COACH";
}

export function actorOf(principal: KnownPrincipal): Actor {
  return principal.kind === "MEMBER"
    ? { type: "MEMBER", id: principal.memberId }
    : { type: principal.kind, id: principal.keyId };
}
