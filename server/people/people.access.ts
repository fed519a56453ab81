import type { Principal } from "../operations/principal.ts";
import type { SqlValues } from "../operations/sql.ts";

/** As whom somebody looks at people. What he may do at all is decided by the table of actions. */
export type PeopleView =
  /** Sees all: the team, and keys, whose scopes say what they may read. */
  | { readonly kind: "TEAM" }
  /** Sees himself and his own: a client, a learner or a coach. */
  | { readonly kind: "MEMBER"; readonly memberId: string; readonly isCoach: boolean }
  /** Sees what everybody may see. */
  | { readonly kind: "PUBLIC" };

export function peopleView(principal: Principal): PeopleView {
  switch (principal.kind) {
    case "ANONYMOUS":
    case "PUBLISHABLE_KEY":
      return { kind: "PUBLIC" };
    case "API_KEY":
      return { kind: "TEAM" };
    case "MEMBER":
      switch (principal.role) {
        case "OWNER":
        case "ADMIN":
        case "ASSISTANT":
          return { kind: "TEAM" };
        case "COACH":
          return { kind: "MEMBER", memberId: principal.memberId, isCoach: true };
        case "CLIENT":
        case "LEARNER":
          return { kind: "MEMBER", memberId: principal.memberId, isCoach: false };
      }
  }
}

/** SQL condition on `client`: himself. */
export function visibleClients(view: PeopleView, values: SqlValues): string {
  switch (view.kind) {
    case "TEAM":
      return "true";
    case "MEMBER":
      return `client.member_id = ${values.add(view.memberId)}::uuid`;
    case "PUBLIC":
      return "false";
  }
}

/**
 * SQL condition on `learner`: himself, the learners whom he pays for, and those whom he coaches. The ids are collected first,
 * because they are few and then looked up one by one.
 */
export function visibleLearners(view: PeopleView, values: SqlValues): string {
  switch (view.kind) {
    case "TEAM":
      return "true";
    case "MEMBER":
      return `learner.id = ANY (ARRAY(${learnersOf(view, values)}))`;
    case "PUBLIC":
      return "false";
  }
}

/** SQL condition on `learner`: those whose file he keeps, himself or as the one who pays. Coaches write notes, not files. */
export function ownLearners(view: PeopleView, values: SqlValues): string {
  return visibleLearners(view.kind === "MEMBER" ? { ...view, isCoach: false } : view, values);
}

/** SQL condition on `coach_note`, of learners whom he may see: clients and learners read none. */
export function visibleNotes(view: PeopleView, values: SqlValues): string {
  switch (view.kind) {
    case "TEAM":
      return "true";
    case "MEMBER":
      return view.isCoach
        ? `(coach_note.visible_to = 'COACHES' OR coach_note.author_id = ${values.add(view.memberId)}::uuid)
           AND coach_note.learner_id IN (${coachedLearners(values.add(view.memberId))})`
        : "false";
    case "PUBLIC":
      return "false";
  }
}

/** SQL condition on `coach`: those who can be booked, and himself. */
export function visibleCoaches(view: PeopleView, values: SqlValues): string {
  switch (view.kind) {
    case "TEAM":
      return "true";
    case "MEMBER":
      return `(coach.status = 'ACTIVE' OR coach.member_id = ${values.add(view.memberId)}::uuid)`;
    case "PUBLIC":
      return "coach.status = 'ACTIVE'";
  }
}

function learnersOf({ memberId, isCoach }: PeopleView & { kind: "MEMBER" }, values: SqlValues): string {
  const member = values.add(memberId);
  const own = `SELECT self.id FROM learner AS self WHERE self.tenant_id = nexora_tenant() AND self.member_id = ${member}::uuid
    UNION SELECT link.learner_id FROM client_learner AS link
      JOIN client AS payer ON payer.tenant_id = link.tenant_id AND payer.id = link.client_id
      WHERE payer.tenant_id = nexora_tenant() AND payer.member_id = ${member}::uuid`;
  return isCoach ? `${own} UNION ${coachedLearners(member)}` : own;
}

/** A coach who was deactivated keeps no files. */
function coachedLearners(member: string): string {
  return `SELECT met.learner_id FROM coach_learner AS met
    JOIN coach AS own ON own.tenant_id = met.tenant_id AND own.id = met.coach_id
    WHERE own.tenant_id = nexora_tenant() AND own.member_id = ${member}::uuid AND own.status = 'ACTIVE'`;
}
