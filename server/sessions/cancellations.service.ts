import type { CancelSessionInput } from "../../schema/session-inputs.ts";
import type { CancelSessionPayload } from "../../schema/session-payloads.ts";
import type { SlotRules } from "../calendar/slot-rules.ts";
import type { JournalService, Scope, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import type { PeopleService } from "../people/people.service.ts";
import { type Canceller, decideCancellation } from "./cancellation-rule.ts";
import { callCancel, lockSessions, type Settlement } from "./session-functions.ts";
import { recordSession, recordSettled } from "./session-journal.ts";
import type { SessionMails } from "./session-mails.ts";
import {
  type BookingRow,
  isOpenSession,
  isOlder,
  type SessionRow,
  timeOf,
  toSession,
  visibleBookings,
} from "./session-row.ts";
import { findFollowing, findSessions, rereadSession } from "./session-store.ts";
import { cancellerOf, type SessionView, sessionView } from "./sessions.access.ts";
import { untilSettled } from "./try-again.ts";
import type { WaitingList } from "./waiting-list.ts";

export interface CancellationsOptions {
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
  readonly rules: SlotRules;
  readonly mails: SessionMails;
  readonly waiting: WaitingList;
  readonly jitsiDomain: string;
}

type KnownScope = Scope & { readonly principal: KnownPrincipal };
type CancelResult = Omit<CancelSessionPayload, "cursor">;
type CancelError = CancelSessionPayload["userErrors"][number];

/** What becomes of one session. */
type Decision =
  | { readonly kind: "REFUSED"; readonly error: CancelError; readonly deadline: Date | null }
  /** It is as it was asked to be already. */
  | { readonly kind: "GONE" }
  | {
      readonly kind: "CANCEL";
      readonly open: readonly BookingRow[];
      readonly settled: readonly Settlement[];
      readonly canceller: Canceller;
    };

const maxReason = 500;

/** Cancels sessions and places in them, by the rules that were stored when they were booked. */
export class CancellationsService {
  readonly #options: CancellationsOptions;

  constructor(options: CancellationsOptions) {
    this.#options = options;
  }

  async cancelSession(context: Context, input: CancelSessionInput): Promise<CancelSessionPayload> {
    const scope = authorizedScope(context, "session:change");
    const { journal, cursors } = this.#options;
    if ((input.reason?.length ?? 0) > maxReason) {
      const error = refuse("REASON_INVALID", `A reason has at most ${maxReason} characters.`, "reason");
      return { ...notCancelled(null, error), cursor: null };
    }
    const { result, position } = await untilSettled(() =>
      journal.mutate(scope, (tx) => this.#cancelAll(tx, scope, input, context.now)),
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  /** All that is refused is found before anything is written. */
  async #cancelAll(tx: Transaction, scope: KnownScope, input: CancelSessionInput, now: Date): Promise<CancelResult> {
    const { jitsiDomain, people, rules } = this.#options;
    const uuid = toUuid("Session", input.id);
    const view = await sessionView(tx, people, scope.principal);
    const [first] = uuid === null ? [] : await findSessions(tx, view, [uuid]);
    if (first === undefined) return notCancelled(null, refuse("NOT_FOUND", "There is no such session.", "id"));
    const shown = (row: SessionRow) => toSession(row, { view, now, jitsiDomain });
    const decided = decide(first, view, input, now);
    if (decided.kind === "REFUSED") return { ...notCancelled(shown(first), decided.error), deadline: decided.deadline };
    const hasFollowing = input.includesFollowing && first.seriesId !== null;
    const plans = [{ before: first, decision: decided as Decision }];
    for (const before of hasFollowing ? await findFollowing(tx, view, first) : []) {
      const decision = decide(
        before,
        view,
        { learnerId: input.learnerId ?? null, credits: input.credits ?? null },
        now,
      );
      // Of a series whose learner has left some sessions, the others are meant.
      if (decision.kind === "REFUSED" && decision.error.code === "LEARNER_NOT_FOUND") continue;
      if (decision.kind === "REFUSED") {
        return { ...notCancelled(shown(first), decision.error), deadline: decision.deadline };
      }
      plans.push({ before, decision });
    }
    const rows = plans.map(({ before }) => before);
    await rules.lockCoaches(
      tx,
      rows.map(({ coachId }) => coachId),
    );
    if (rows.length > 1) await lockSessions(tx, rows);
    let refundedCredits = 0;
    const after: SessionRow[] = [];
    for (const { before, decision } of plans) {
      if (decision.kind !== "CANCEL") {
        after.push(before);
        continue;
      }
      const cancelled = await this.#cancel(tx, scope, { before, ...decision, reason: input.reason ?? null }, now);
      refundedCredits += cancelled.refundedCredits;
      after.push(cancelled.row);
    }
    const [session = first, ...following] = after;
    return {
      session: shown(session),
      following: following.map(shown),
      refundedCredits,
      deadline: null,
      userErrors: [],
    };
  }

  async #cancel(
    tx: Transaction,
    { actor }: KnownScope,
    {
      before,
      open,
      settled,
      canceller,
      reason,
    }: Extract<Decision, { kind: "CANCEL" }> & { readonly before: SessionRow; readonly reason: string | null },
    now: Date,
  ): Promise<{ readonly row: SessionRow; readonly refundedCredits: number }> {
    const { mails, waiting } = this.#options;
    const moves = await callCancel(tx, before, settled, { reason, at: now, actor });
    const row = await rereadSession(tx, before.id);
    const refunded = new Set(row.bookings.filter(({ payment }) => payment === "RETURNED").map(({ id }) => id));
    recordSettled(tx, moves, row, "session cancelled");
    recordSession(tx, row.status === "CANCELLED" ? "session.cancelled" : "session.left", row, {
      bookings: open,
      ...(reason === null ? {} : { personal: { reason } }),
    });
    await mails.cancelled(tx, row, before, open, { refunded, reason, by: canceller });
    // A coach who cancels isn't there: his time isn't for others either. A seat of what goes on is.
    if (canceller !== "COACH" || row.status !== "CANCELLED") await waiting.offer(tx, timeOf(before), now);
    return { row, refundedCredits: creditsOf(open.filter(({ id }) => refunded.has(id))) };
  }
}

type Asked = Pick<CancelSessionInput, "learnerId" | "credits" | "expectedVersion">;

function decide(before: SessionRow, view: SessionView, input: Asked, now: Date): Decision {
  const refused = (error: CancelError, deadline: Date | null = null) => ({ kind: "REFUSED", error, deadline }) as const;
  const mine = visibleBookings(before, view).filter(
    ({ learnerId }) => input.learnerId == null || learnerId === toUuid("Learner", input.learnerId),
  );
  const open = mine.filter(({ status }) => status === "BOOKED");
  if (mine.length === 0) return refused(refuse("LEARNER_NOT_FOUND", "This learner has no place.", "learnerId"));
  // A second cancellation finds what it wants, and changes nothing.
  const isGone = before.status === "CANCELLED" || (isOpenSession(before) && open.length === 0);
  if (isGone) return { kind: "GONE" };
  if (isOlder(input, before)) {
    return refused(refuse("CONFLICT", "Somebody else has changed the session meanwhile.", "expectedVersion"));
  }
  if (!isOpenSession(before)) return refused(refuse("NOT_OPEN", "The session is over.", "id"));
  const canceller = cancellerOf(view, before);
  if (canceller !== "TEAM" && input.credits != null) {
    return refused(refuse("CREDITS_NOT_YOURS", "The team says what becomes of credits. Leave it out.", "credits"));
  }
  if (canceller === "CUSTOMER" && now >= before.startsAt) {
    return refused(refuse("NOT_OPEN", "The session has begun.", "id"));
  }
  const settled: Settlement[] = [];
  for (const booking of open) {
    const cancellation = decideCancellation(
      {
        isPending: before.status === "PENDING",
        deadlineAt: new Date(booking.deadlineAt),
        lateCancellation: booking.lateCancellation,
      },
      { canceller, credits: input.credits ?? null, now },
    );
    if (cancellation.kind === "REFUSED") {
      const error = refuse("POLICY_VIOLATION", "The deadline has passed. Ask the team.", "id");
      return refused(error, cancellation.deadline);
    }
    settled.push({ id: booking.id, settle: cancellation.settle, status: null });
  }
  return { kind: "CANCEL", open, settled, canceller };
}

function creditsOf(bookings: readonly BookingRow[]): number {
  return bookings.reduce((sum, { credits }) => sum + credits, 0);
}

function refuse(code: CancelError["code"], message: string, field: string): CancelError {
  return { code, message, field: ["input", field] } as CancelError;
}

function notCancelled(session: CancelResult["session"], error: CancelError): CancelResult {
  return { session, following: [], refundedCredits: 0, deadline: null, userErrors: [error] };
}
