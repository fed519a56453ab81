import type { CancelSessionInput, RescheduleSessionInput } from "../../schema/session-inputs.ts";
import type { CancelSessionPayload, RescheduleSessionPayload } from "../../schema/session-payloads.ts";
import { refuseSlot, type SlotRefusal } from "../calendar/slot-refusal.ts";
import type { Alternative, SlotRules } from "../calendar/slot-rules.ts";
import type { Database } from "../db/database.ts";
import type { JournalService, Scope, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import type { PeopleService } from "../people/people.service.ts";
import { isRefused, readStart } from "./book-request.ts";
import { BookingRefusal } from "./booking-refusal.ts";
import { decideCancellation } from "./cancellation-rule.ts";
import { requireActiveCoaches } from "./require-active-coaches.ts";
import { callCancel, callMove, type Settlement } from "./session-functions.ts";
import { recordSession, recordSettled } from "./session-journal.ts";
import type { SessionMails } from "./session-mails.ts";
import { holdUntil, planSlot } from "./session-plan.ts";
import { type BookingRow, openBookings, type SessionRow, toSession, visibleBookings } from "./session-row.ts";
import { findSessions, rereadSession } from "./session-store.ts";
import { cancellerOf, type SessionView, sessionView } from "./sessions.access.ts";
import { slotDetails, tellAlternatives } from "./slot-details.ts";
import { untilSettled } from "./try-again.ts";
import type { WaitingList } from "./waiting-list.ts";

export interface SessionChangesOptions {
  readonly database: Database;
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
type MoveError = RescheduleSessionPayload["userErrors"][number];

interface MoveResult {
  readonly row: SessionRow | null;
  readonly view: SessionView | null;
  readonly userErrors: MoveError[];
  readonly slot: SlotRefusal | null;
  readonly tried: Date | null;
}

const maxReason = 500;

/** Moves and cancels sessions. */
export class SessionChangesService {
  readonly #options: SessionChangesOptions;

  constructor(options: SessionChangesOptions) {
    this.#options = options;
  }

  async rescheduleSession(context: Context, input: RescheduleSessionInput): Promise<RescheduleSessionPayload> {
    const scope = authorizedScope(context, "session:change");
    const { journal, cursors, database, rules, jitsiDomain } = this.#options;
    const { now } = context;
    const payload = ({ row, view, slot, userErrors }: MoveResult, alternatives: readonly Alternative[]) => ({
      session: row === null || view === null ? null : toSession(row, { view, now, jitsiDomain }),
      ...slotDetails(slot, alternatives),
      userErrors,
    });
    let moved: MoveResult | undefined;
    try {
      const { result, position } = await untilSettled(() =>
        journal.mutate(scope, async (tx) => {
          moved = await this.#move(tx, scope, input, now);
          return payload(moved, []);
        }),
      );
      if (result.userErrors.length === 0) return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
    } catch (error) {
      moved = movedElsewhere(error, input.startsAt ?? null);
    }
    if (moved === undefined) throw new Error("a move came to nothing");
    const row = moved.row ?? (await this.#rowOf(scope, input.id));
    const alternatives = await tellAlternatives(
      { database, rules, tenantId: scope.tenantId, now },
      {
        code: moved.userErrors[0]?.code ?? null,
        after: moved.tried,
        sessionTypeId: row?.sessionTypeId ?? null,
        coachId: input.coachId == null ? (row?.coachId ?? null) : toUuid("Coach", input.coachId),
        learnerIds: row === null ? [] : openBookings(row).map(({ learnerId }) => learnerId),
      },
    );
    return { ...payload(moved, alternatives), cursor: null };
  }

  async cancelSession(context: Context, input: CancelSessionInput): Promise<CancelSessionPayload> {
    const scope = authorizedScope(context, "session:change");
    const { journal, cursors } = this.#options;
    if ((input.reason?.length ?? 0) > maxReason) {
      const error = refuseCancel("REASON_INVALID", `A reason has at most ${maxReason} characters.`, "reason");
      return { ...notCancelled(null, error), cursor: null };
    }
    const { result, position } = await untilSettled(() =>
      journal.mutate(scope, (tx) => this.#cancel(tx, scope, input, context.now)),
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async #move(
    tx: Transaction,
    { principal }: KnownScope,
    input: RescheduleSessionInput,
    now: Date,
  ): Promise<MoveResult> {
    const { people, rules, mails, waiting } = this.#options;
    const { row: before, view } = await this.#find(tx, principal, input.id);
    const refuse = (code: MoveError["code"], message: string, field: string, slot: SlotRefusal | null = null) => {
      const tried = input.startsAt ?? null;
      return {
        row: before,
        view,
        slot,
        tried,
        userErrors: [{ code, message, field: ["input", field] }] as MoveError[],
      };
    };
    if (before === null) return refuse("NOT_FOUND", "There is no such session.", "id");
    if (isOlder(input, before)) return refuse("CONFLICT", changed, "expectedVersion");
    if (!isOpen(before) || before.startsAt <= now) return refuse("NOT_OPEN", "The session is over or cancelled.", "id");
    const open = openBookings(before);
    if (cancellerOf(view, before) === "CUSTOMER") {
      const own = visibleBookings(before, view).filter(({ status }) => status === "BOOKED");
      if (own.length < open.length)
        return refuse("NOT_YOURS_ALONE", "Others take part. Ask the team to move it.", "id");
      if (own.some(({ deadlineAt }) => now >= new Date(deadlineAt))) {
        return refuse("DEADLINE_PASSED", "It is too late to move it. Ask the team.", "id");
      }
    }
    const start = readStart(input);
    if (isRefused(start)) return refuse(start.code, start.message, "startsAt", start);
    const coachId = input.coachId == null ? before.coachId : toUuid("Coach", input.coachId);
    if (coachId === null) return refuse("COACH_NOT_FOUND", "There is no such coach.", "coachId");
    const { sessionTypeId } = before;
    const slot = await rules.check(tx, { sessionTypeId, coachId, start, now, ignoreSessionId: before.id });
    if (slot.kind === "REFUSED") return refuse(slot.code, slot.message, "startsAt", slot);
    await callMove(tx, before, planSlot(slot), { holdUntil: holdUntil(slot.endsAt), at: now });
    const [row] = await Promise.all([rereadSession(tx, before.id), requireActiveCoaches(tx, people, [slot.coachId])]);
    const details = { previousStartsAt: before.startsAt, previousCoachId: toId("Coach", before.coachId) };
    recordSession(tx, "session.rescheduled", row, { bookings: open, details });
    for (const { learnerId } of open) await people.meet(tx, { coachId: row.coachId, learnerId, at: now });
    await mails.rescheduled(tx, row, before, open, now);
    await waiting.offer(tx, before.id, now);
    return { row, view, slot: null, tried: null, userErrors: [] };
  }

  async #cancel(
    tx: Transaction,
    { principal, actor }: KnownScope,
    input: CancelSessionInput,
    now: Date,
  ): Promise<CancelResult> {
    const { mails, waiting, jitsiDomain } = this.#options;
    const { row: before, view } = await this.#find(tx, principal, input.id);
    if (before === null) return notCancelled(null, refuseCancel("NOT_FOUND", "There is no such session.", "id"));
    const shown = (row: SessionRow) => toSession(row, { view, now, jitsiDomain });
    const mine = visibleBookings(before, view).filter(
      ({ learnerId }) => input.learnerId == null || learnerId === toUuid("Learner", input.learnerId),
    );
    const open = mine.filter(({ status }) => status === "BOOKED");
    if (mine.length === 0) {
      return notCancelled(shown(before), refuseCancel("LEARNER_NOT_FOUND", "This learner has no place.", "learnerId"));
    }
    // A second cancellation finds what it wants, and changes nothing.
    const isGone = before.status === "CANCELLED" || (isOpen(before) && open.length === 0);
    if (isGone) return { session: shown(before), refundedCredits: 0, deadline: null, userErrors: [] };
    if (isOlder(input, before))
      return notCancelled(shown(before), refuseCancel("CONFLICT", changed, "expectedVersion"));
    if (!isOpen(before)) return notCancelled(shown(before), refuseCancel("NOT_OPEN", "The session is over.", "id"));
    const canceller = cancellerOf(view, before);
    if (canceller === "CUSTOMER" && now >= before.startsAt) {
      return notCancelled(shown(before), refuseCancel("NOT_OPEN", "The session has begun.", "id"));
    }
    const settled: Settlement[] = [];
    for (const booking of open) {
      const decided = decideCancellation(
        { deadlineAt: new Date(booking.deadlineAt), lateCancellation: booking.lateCancellation },
        { canceller, credits: input.credits ?? null, now },
      );
      if (decided.kind === "REFUSED") {
        const error = refuseCancel("POLICY_VIOLATION", "The deadline has passed. Ask the team.", "id");
        return { ...notCancelled(shown(before), error), deadline: decided.deadline };
      }
      settled.push({ id: booking.id, settle: decided.settle, status: null });
    }
    const reason = input.reason ?? null;
    const moves = await callCancel(tx, before, settled, { reason, at: now, actor });
    const row = await rereadSession(tx, before.id);
    const refunded = new Set(row.bookings.filter(({ payment }) => payment === "RETURNED").map(({ id }) => id));
    recordSettled(tx, moves, row, "session cancelled");
    recordSession(tx, row.status === "CANCELLED" ? "session.cancelled" : "session.left", row, {
      bookings: open,
      ...(reason === null ? {} : { personal: { reason } }),
    });
    await mails.cancelled(tx, row, before, open, { refunded, reason, by: canceller });
    await waiting.offer(tx, row.id, now);
    const refundedCredits = creditsOf(open.filter(({ id }) => refunded.has(id)));
    return { session: shown(row), refundedCredits, deadline: null, userErrors: [] };
  }

  async #find(tx: Transaction, principal: KnownPrincipal, id: string) {
    const uuid = toUuid("Session", id);
    const view = await sessionView(tx, this.#options.people, principal);
    const [row = null] = uuid === null ? [] : await findSessions(tx, view, [uuid]);
    return { row, view };
  }

  async #rowOf({ tenantId }: KnownScope, id: string): Promise<SessionRow | null> {
    const uuid = toUuid("Session", id);
    if (uuid === null) return null;
    const [row = null] = await this.#options.database.read(tenantId, (session) =>
      findSessions(session, { kind: "TEAM" }, [uuid]),
    );
    return row;
  }
}

const changed = "Somebody else has changed the session meanwhile.";

export function isOlder(
  { expectedVersion }: { readonly expectedVersion?: number | null },
  { version }: SessionRow,
): boolean {
  return expectedVersion != null && expectedVersion !== version;
}

function isOpen({ status }: SessionRow): boolean {
  return status === "PENDING" || status === "CONFIRMED";
}

function creditsOf(bookings: readonly BookingRow[]): number {
  return bookings.reduce((sum, { credits }) => sum + credits, 0);
}

function refuseCancel(
  code: CancelSessionPayload["userErrors"][number]["code"],
  message: string,
  field: string,
): CancelSessionPayload["userErrors"][number] {
  return { code, message, field: ["input", field] } as CancelSessionPayload["userErrors"][number];
}

function notCancelled(
  session: CancelResult["session"],
  error: CancelSessionPayload["userErrors"][number],
): CancelResult {
  return { session, refundedCredits: 0, deadline: null, userErrors: [error] };
}

/** What the database refused a move with: somebody was faster. */
function movedElsewhere(error: unknown, tried: Date | null): MoveResult {
  if (!(error instanceof BookingRefusal) || error.code === "CHANGED") throw error;
  if (error.code === "COACH_INACTIVE") {
    const { code, message } = refuseSlot("COACH_INACTIVE");
    return { row: null, view: null, slot: null, tried, userErrors: [{ code, message, field: ["input", "coachId"] }] };
  }
  const isLearner = error.code === "LEARNER_BUSY";
  const message = isLearner
    ? "A learner has another session then."
    : "Somebody else has this time. Choose an alternative.";
  const userErrors = [
    { code: isLearner ? "LEARNER_BUSY" : "SLOT_TAKEN", message, field: ["input", "startsAt"] },
  ] as MoveError[];
  return { row: null, view: null, slot: null, tried, userErrors };
}
