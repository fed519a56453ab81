import type { Session } from "../db/session.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import type { SqlValues } from "../operations/sql.ts";
import type { PeopleService } from "../people/people.service.ts";
import type { Canceller } from "./cancellation-rule.ts";

/** As whom somebody looks at sessions. Ids are uuids. */
export type SessionView =
  | { readonly kind: "TEAM" }
  | {
      readonly kind: "MEMBER";
      readonly coachId: string | null;
      readonly clientId: string | null;
      /** Himself and those whom he pays for. */
      readonly learnerIds: readonly string[];
    };

export async function sessionView(
  session: Session,
  people: PeopleService,
  principal: KnownPrincipal,
): Promise<SessionView> {
  if (principal.kind === "API_KEY") return { kind: "TEAM" };
  if (principal.kind === "PUBLISHABLE_KEY") return { kind: "MEMBER", coachId: null, clientId: null, learnerIds: [] };
  switch (principal.role) {
    case "OWNER":
    case "ADMIN":
    case "ASSISTANT":
      return { kind: "TEAM" };
    case "COACH": {
      // Whom he coaches is no reason to see their sessions with others.
      const { coachId, clientId, learnerId } = await people.profilesOf(session, principal.memberId);
      return { kind: "MEMBER", coachId, clientId, learnerIds: learnerId === null ? [] : [learnerId] };
    }
    case "CLIENT":
    case "LEARNER": {
      const [profiles, learnerIds] = await Promise.all([
        people.profilesOf(session, principal.memberId),
        people.visibleLearnerIds(session, principal),
      ]);
      return { kind: "MEMBER", coachId: null, clientId: profiles.clientId, learnerIds: learnerIds ?? [] };
    }
  }
}

/** SQL condition on `session s`. The ids of one's own are collected first, because they are few and then looked up one by one. */
export function visibleSessions(view: SessionView, values: SqlValues): string {
  if (view.kind === "TEAM") return "true";
  const { coachId, clientId, learnerIds } = view;
  const given = coachId === null ? [] : [`s.coach_id = ${values.add(coachId)}::uuid`];
  const own = ownBookings({ clientId, learnerIds }, values);
  const booked = own.map(
    (mine) =>
      `s.id = ANY (ARRAY(SELECT own.session_id FROM booking own WHERE own.tenant_id = nexora_tenant() AND ${mine}))`,
  );
  const all = [...given, ...booked];
  return all.length === 0 ? "false" : `(${all.join(" OR ")})`;
}

function ownBookings(
  { clientId, learnerIds }: { readonly clientId: string | null; readonly learnerIds: readonly string[] },
  values: SqlValues,
): string[] {
  const learners = learnerIds.length === 0 ? [] : [`own.learner_id = ANY (${values.add(learnerIds)}::uuid[])`];
  const client = clientId === null ? [] : [`own.client_id = ${values.add(clientId)}::uuid`];
  const all = [...learners, ...client];
  return all.length === 0 ? [] : [`(${all.join(" OR ")})`];
}

interface Seen {
  readonly coachId: string;
}

/** Whether somebody sees all places of a session, or his own only. */
export function seesAll(view: SessionView, { coachId }: Seen): boolean {
  return view.kind === "TEAM" || view.coachId === coachId;
}

export function isOwnBooking(
  view: SessionView,
  { learnerId, clientId }: { readonly learnerId: string; readonly clientId: string },
): boolean {
  return view.kind === "MEMBER" && (view.learnerIds.includes(learnerId) || view.clientId === clientId);
}

export function cancellerOf(view: SessionView, { coachId }: Seen): Canceller {
  if (view.kind === "TEAM") return "TEAM";
  return view.coachId === coachId ? "COACH" : "CUSTOMER";
}
