import type { RescheduleSessionInput } from "../../schema/session-inputs.ts";
import type { RescheduleSessionPayload } from "../../schema/session-payloads.ts";
import { localShift, shiftLocal } from "../calendar/local-shift.ts";
import { refuseSlot, type SlotRefusal } from "../calendar/slot-refusal.ts";
import type { Alternative, SlotRequest, SlotRules } from "../calendar/slot-rules.ts";
import { zoneShiftMs } from "../calendar/zone-shift.ts";
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
import type { Canceller } from "./cancellation-rule.ts";
import { meetLearners } from "./meet-learners.ts";
import { requireActiveCoaches } from "./require-active-coaches.ts";
import { callMove, lockSessions } from "./session-functions.ts";
import { recordSession } from "./session-journal.ts";
import type { SessionMails } from "./session-mails.ts";
import { holdUntil, planSlot } from "./session-plan.ts";
import {
  isOlder,
  isOpenSession,
  openBookings,
  type SessionRow,
  timeOf,
  toSession,
  visibleBookings,
} from "./session-row.ts";
import { findFollowing, findSessions, rereadSession } from "./session-store.ts";
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
type MoveError = RescheduleSessionPayload["userErrors"][number];

interface MoveResult {
  readonly row: SessionRow | null;
  readonly following: readonly SessionRow[];
  readonly view: SessionView | null;
  readonly userErrors: MoveError[];
  readonly slot: SlotRefusal | null;
  readonly tried: Date | null;
}

interface Move {
  readonly before: SessionRow;
  readonly start: SlotRequest["start"];
}

/** Moves sessions, one or the rest of a series. */
export class SessionChangesService {
  readonly #options: SessionChangesOptions;

  constructor(options: SessionChangesOptions) {
    this.#options = options;
  }

  async rescheduleSession(context: Context, input: RescheduleSessionInput): Promise<RescheduleSessionPayload> {
    const scope = authorizedScope(context, "session:change");
    const { journal, cursors, database, rules, jitsiDomain } = this.#options;
    const { now } = context;
    const payload = (
      { row, following, view, slot, userErrors, tried: attempted }: MoveResult,
      alternatives: readonly Alternative[],
    ) => ({
      session: row === null || view === null ? null : toSession(row, { view, now, jitsiDomain }),
      following: view === null ? [] : following.map((each) => toSession(each, { view, now, jitsiDomain })),
      refusedStart: attempted,
      ...slotDetails(slot, alternatives),
      userErrors,
    });
    let moved: MoveResult | undefined;
    try {
      const { result, position } = await untilSettled(() =>
        journal.mutate(scope, async (tx) => {
          moved = await this.#moveAll(tx, scope, input, now);
          return payload(moved, []);
        }),
      );
      if (result.userErrors.length === 0) return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
    } catch (error) {
      moved = error instanceof MoveRefused ? error.result : movedElsewhere(error, input.startsAt ?? null);
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

  /** Moves a session, and those that follow it in its series by as much on the clock. */
  async #moveAll(
    tx: Transaction,
    { principal }: KnownScope,
    input: RescheduleSessionInput,
    now: Date,
  ): Promise<MoveResult> {
    const { people, rules, waiting } = this.#options;
    const uuid = toUuid("Session", input.id);
    const view = await sessionView(tx, people, principal);
    const [first = null] = uuid === null ? [] : await findSessions(tx, view, [uuid]);
    const refuse = refuser(first, view, input.startsAt ?? null);
    if (first === null) return refuse("NOT_FOUND", "There is no such session.", "id");
    if (isOlder(input, first))
      return refuse("CONFLICT", "Somebody else has changed the session meanwhile.", "expectedVersion");
    const start = readStart(input);
    if (isRefused(start)) return refuse(start.slot.code, start.slot.message, start.field, start.slot);
    const hasFollowing = input.includesFollowing && first.seriesId !== null;
    const later = hasFollowing ? await findFollowing(tx, view, first) : [];
    for (const row of [first, ...later]) {
      const refusal = refusalOf(row, view, now);
      if (refusal !== null) return refuse(refusal.code, refusal.message, "id");
    }
    const coachId = input.coachId == null ? null : toUuid("Coach", input.coachId);
    if (input.coachId != null && coachId === null)
      return refuse("COACH_NOT_FOUND", "There is no such coach.", "coachId");
    const shift = later.length === 0 ? 0 : localShift(first, start);
    if (shift === null) return refuse("START_INVALID", "Of a series' start, say which instant is meant.", "startsAt");
    const moves: Move[] = [
      { before: first, start },
      ...later.map((before) => ({ before, start: shiftLocal(before, shift) })),
    ];
    await rules.lockCoaches(
      tx,
      moves.flatMap(({ before }) => [before.coachId, coachId ?? before.coachId]),
    );
    if (later.length > 0) await lockSessions(tx, [first, ...later]);
    // Each makes room for the one that comes into its place.
    const moved: SessionRow[] = [];
    for (const move of shift > 0 ? moves.toReversed() : moves) {
      if (isThereAlready(move, coachId)) {
        moved.push(move.before);
        continue;
      }
      moved.push(
        await this.#move(
          tx,
          { ...move, coachId: coachId ?? move.before.coachId, by: cancellerOf(view, move.before) },
          now,
          refuser(first, view, tried(move)),
        ),
      );
    }
    const left = moves.filter((move) => !isThereAlready(move, coachId));
    for (const { before } of left) await waiting.offer(tx, timeOf(before), now);
    const [row = first, ...following] = shift > 0 ? moved.toReversed() : moved;
    return { row, following, view, slot: null, tried: null, userErrors: [] };
  }

  /** Throws what undoes the moves before it. */
  async #move(
    tx: Transaction,
    { before, start, coachId, by }: Move & { readonly coachId: string; readonly by: Canceller },
    now: Date,
    refuse: ReturnType<typeof refuser>,
  ): Promise<SessionRow> {
    const { people, rules, mails } = this.#options;
    const { sessionTypeId, roomId } = before;
    const open = openBookings(before);
    const moved = { roomId, durationMs: before.endsAt.getTime() - before.startsAt.getTime() };
    const slot = await rules.check(tx, { sessionTypeId, coachId, start, now, ignoreSessionId: before.id, moved });
    if (slot.kind === "REFUSED") throw new MoveRefused(refuse(slot.code, slot.message, "startsAt", slot));
    await callMove(tx, before, planSlot(slot), { by, holdUntil: holdUntil(slot.endsAt), at: now });
    const [row] = await Promise.all([rereadSession(tx, before.id), requireActiveCoaches(tx, people, [slot.coachId])]);
    const details = { previousStartsAt: before.startsAt, previousCoachId: toId("Coach", before.coachId) };
    recordSession(tx, "session.rescheduled", row, { bookings: open, details });
    await meetLearners(tx, people, row, now);
    await mails.rescheduled(tx, row, before, open, now);
    return row;
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

/** Why a session can't be moved by this caller, wherever to; null: it can. */
function refusalOf(before: SessionRow, view: SessionView, now: Date): Pick<MoveError, "code" | "message"> | null {
  if (!isOpenSession(before) || before.startsAt <= now) {
    return { code: "NOT_OPEN", message: "The session is over or cancelled." };
  }
  if (cancellerOf(view, before) !== "CUSTOMER") return null;
  const own = visibleBookings(before, view).filter(({ status }) => status === "BOOKED");
  if (own.length < openBookings(before).length) {
    return { code: "NOT_YOURS_ALONE", message: "Others take part. Ask the team to move it." };
  }
  return own.some(({ deadlineAt }) => now >= new Date(deadlineAt))
    ? { code: "DEADLINE_PASSED", message: "It is too late to move it. Ask the team." }
    : null;
}

function refuser(row: SessionRow | null, view: SessionView, attempted: Date | null) {
  return (
    code: MoveError["code"],
    message: string,
    field: string | readonly string[],
    slot: SlotRefusal | null = null,
  ): MoveResult => {
    const path = typeof field === "string" ? ["input", field] : field;
    const userErrors = [{ code, message, field: path }] as MoveError[];
    return { row, following: [], view, slot, tried: attempted, userErrors };
  };
}

/** The instant that a move was to; null when it isn't one. */
function tried({ before, start }: Move): Date | null {
  if (start instanceof Date) return start;
  const shift = localShift(before, start);
  return shift === null ? null : new Date(before.startsAt.getTime() + shift);
}

/** Whether a move would change nothing: then nobody is told of one, and no deadline begins anew. */
function isThereAlready(move: Move, coachId: string | null): boolean {
  const { startsAt, coachId: given, timeZone, localStart } = move.before;
  const isSameTime = tried(move)?.getTime() === startsAt.getTime();
  // Where the zone's rules have changed since, it is given the time that its clocks show now.
  return isSameTime && (coachId ?? given) === given && zoneShiftMs(timeZone, startsAt, localStart) === 0;
}

/** Thrown through the transaction, so that nothing of it stays. */
class MoveRefused extends Error {
  override readonly name = "MoveRefused";
  readonly result: MoveResult;

  constructor(result: MoveResult) {
    super(result.userErrors[0]?.message);
    this.result = result;
  }
}

/** What the database refused a move with: somebody was faster. */
function movedElsewhere(error: unknown, attempted: Date | null): MoveResult {
  if (!(error instanceof BookingRefusal) || error.code === "CHANGED") throw error;
  if (error.code === "COACH_INACTIVE") {
    const { code, message } = refuseSlot("COACH_INACTIVE");
    return {
      row: null,
      following: [],
      view: null,
      slot: null,
      tried: attempted,
      userErrors: [{ code, message, field: ["input", "coachId"] }],
    };
  }
  const isLearner = error.code === "LEARNER_BUSY";
  const message = isLearner
    ? "A learner has another session then."
    : "Somebody else has this time. Choose an alternative.";
  const userErrors = [
    { code: isLearner ? "LEARNER_BUSY" : "SLOT_TAKEN", message, field: ["input", "startsAt"] },
  ] as MoveError[];
  return { row: null, following: [], view: null, slot: null, tried: attempted, userErrors };
}
