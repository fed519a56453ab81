import type { ErasePersonInput, ErasePersonPayload } from "../../schema/erase-person.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { type IdType, toId } from "../operations/ids.ts";
import type { InvitationService } from "../tenants/invitations.service.ts";
import type { MemberService } from "../tenants/members.service.ts";
import { forgetPerson, leavesLearners, passLearnersOn } from "./forget-person.ts";
import type { ErasedPerson, PersonTies } from "./person-ties.port.ts";
import { personToErase } from "./person-to-erase.ts";

export interface PersonErasureOptions {
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly invitations: InvitationService;
  readonly members: MemberService;
}

type Result = Omit<ErasePersonPayload, "cursor">;
type Code = ErasePersonPayload["userErrors"][number]["code"];

interface Subject {
  readonly type: IdType;
  readonly id: string;
}

const messages: Readonly<Record<Code, string>> = {
  NOT_FOUND: "There is no such person, or not any more.",
  SESSIONS_OPEN: "Sessions are booked or wait for their report. Cancel or complete them first.",
  SUBSCRIPTION_OPEN: "A subscription goes on. Cancel it first.",
  PAYMENT_OPEN: "A payment is under way. Confirm or cancel it first.",
  LEARNERS_LEFT: "Nobody else pays for some of the learners. Erase or link them first.",
};

const entryTypes = { Client: "client.erased", Learner: "learner.erased", Coach: "coach.erased" } as const;

/**
 * Erases people: what rows, mails and the journal say of them. Money, credits and sessions that took place stay, and refer to
 * a row that says nothing any more.
 */
export class PersonErasureService {
  readonly #options: PersonErasureOptions;
  readonly #ties: PersonTies[] = [];

  constructor(options: PersonErasureOptions) {
    this.#options = options;
  }

  /** Other domains know people, too: each is asked, and forgets them. */
  tie(...ties: readonly PersonTies[]): void {
    this.#ties.push(...ties);
  }

  async erasePerson(context: Context, input: ErasePersonInput): Promise<ErasePersonPayload> {
    const scope = authorizedScope(context, "person:erase");
    const { cursors, invitations, journal, members } = this.#options;
    const { result, position } = await journal.mutate(scope, async (transaction): Promise<Result> => {
      // Nobody gets a login or a learner meanwhile.
      await invitations.lock(transaction);
      const person = await personToErase(transaction, input.id);
      if (person === null) return refuse("NOT_FOUND");
      const hindrance = await this.#hindrance(transaction, person);
      if (hindrance !== null) return hindrance;
      await this.#erase(transaction, person, context.now);
      return { erasedId: input.id, openSessionIds: [], userErrors: [] };
    });
    members.forget(scope.tenantId);
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async #hindrance(transaction: Transaction, person: ErasedPerson): Promise<Result | null> {
    for (const ties of this.#ties) {
      const hindrance = await ties.hindrance(transaction, person);
      if (hindrance?.code === "SESSIONS_OPEN") return refuse(hindrance.code, hindrance.sessionIds);
      if (hindrance !== null) return refuse(hindrance.code);
    }
    const isMissed = person.kind === "Client" && (await leavesLearners(transaction, person.id));
    return isMissed ? refuse("LEARNERS_LEFT") : null;
  }

  async #erase(transaction: Transaction, person: ErasedPerson, now: Date): Promise<void> {
    const { invitations, members } = this.#options;
    const { kind, id, memberId } = person;
    if (kind === "Client") await passLearnersOn(transaction, id);
    const invitationIds = await forgetPerson(transaction, person, now);
    await invitations.erase(transaction, invitationIds, now);
    if (memberId !== null) await members.erase(transaction, memberId, now);
    const subjects: Subject[] = [
      { type: kind, id },
      ...(memberId === null ? [] : [{ type: "Member", id: memberId } as const]),
      ...invitationIds.map((invitation) => ({ type: "Invitation", id: invitation }) as const),
    ];
    for (const ties of this.#ties) subjects.push(...(await ties.erase(transaction, person, now)));
    // The row is locked, so whoever wrote about it before has committed, and nobody can write about it after.
    await transaction.query({
      name: "person-erase",
      text: "SELECT journal_erase($1)",
      values: [subjects.map((subject) => subject.id)],
    });
    transaction.record({
      type: entryTypes[kind],
      subjectType: kind,
      subjectId: id,
      data: { erasedSubjects: subjects.map((subject) => subject.id), erasedTypes: subjects.map(({ type }) => type) },
    });
  }
}

function refuse(code: Code, sessionIds: readonly string[] = []): Result {
  return {
    erasedId: null,
    openSessionIds: sessionIds.map((id) => toId("Session", id)),
    userErrors: [{ code, message: messages[code], field: ["input", "id"] }],
  };
}
