import type { BookSeriesInput, BookSessionInput } from "../../schema/session-inputs.ts";
import type { BookSeriesPayload, BookSessionPayload } from "../../schema/session-payloads.ts";
import type { Session as BookedSession } from "../../schema/session.ts";
import type { CreditOffersService } from "../billing/credit-offers.service.ts";
import { refuseSlot, type SlotRefusal } from "../calendar/slot-refusal.ts";
import type { CheckedSlot, SlotRequest, SlotRules } from "../calendar/slot-rules.ts";
import { LedgerRefusal } from "../credits/ledger-refusal.ts";
import type { Database } from "../db/database.ts";
import type { JournalService, MutationResult, Scope, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import { newUuid } from "../operations/uuid.ts";
import type { PeopleService } from "../people/people.service.ts";
import { isRefused, readStart } from "./book-request.ts";
import { BookingRefusal } from "./booking-refusal.ts";
import { firstBusy, type PlannedTime } from "./busy-week.ts";
import {
  firstUncovered,
  type MissingCredits,
  noneMissing,
  tellMissingCredits,
  type WantedCredits,
  type WeekCost,
} from "./missing-credits.ts";
import { requireActiveCoaches } from "./require-active-coaches.ts";
import { callBook, type NewBooking, type NewSession } from "./session-functions.ts";
import { meetLearners } from "./meet-learners.ts";
import { recordHolds, recordSession } from "./session-journal.ts";
import type { SessionMails } from "./session-mails.ts";
import { planBooking, planSession } from "./session-plan.ts";
import { openBookings, toSession } from "./session-row.ts";
import { findSessions, findWorkshop } from "./session-store.ts";
import { sessionView } from "./sessions.access.ts";
import { type SlotDetails, slotDetails, tellAlternatives } from "./slot-details.ts";
import { untilSettled } from "./try-again.ts";
import type { Offer, WaitingOffers } from "./waiting-offers.ts";
import { instantOf, weeklyStart } from "./weekly-start.ts";

export interface BookingOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
  readonly rules: SlotRules;
  readonly mails: SessionMails;
  readonly offers: WaitingOffers;
  /** Knows what to buy when credits are missing. */
  readonly shop: CreditOffersService;
  readonly jitsiDomain: string;
}

type Code = BookSessionPayload["userErrors"][number]["code"];

interface Refused {
  readonly code: Code;
  readonly message: string;
  readonly field: readonly string[];
  readonly slot?: SlotRefusal;
}

interface Booked {
  readonly sessions: readonly BookedSession[];
  readonly refused: Refused | null;
  readonly start: Date | null;
}

/** How far a booking came that is refused by the database, after which nothing else of the transaction is known. */
interface Attempt {
  start: Date | null;
  wanted: WantedCredits | null;
  /** What each week takes. */
  weeks: readonly (WeekCost & PlannedTime)[];
}

interface Wanted {
  readonly learnerId: string;
  readonly clientId: string;
  readonly sessionTypeId: string;
  readonly coachId: string | null;
  readonly roomId: string | null;
}

interface Plan {
  readonly slot: CheckedSlot;
  /** Of a workshop that is joined. */
  readonly joinedId: string | null;
  readonly offer: Offer | null;
}

const minWeeks = 2;
const maxWeeks = 52;

/** Books sessions: credits, rows, claims, journal, mails and reminders in one transaction. */
export class BookingService {
  readonly #options: BookingOptions;

  constructor(options: BookingOptions) {
    this.#options = options;
  }

  async bookSession(context: Context, input: BookSessionInput): Promise<BookSessionPayload> {
    return this.#book(context, input, 1, (booked, slot, missing) => ({
      session: booked.sessions[0] ?? null,
      ...slot,
      ...missing,
      userErrors: errorsOf(booked),
    }));
  }

  async bookSeries(context: Context, input: BookSeriesInput): Promise<BookSeriesPayload> {
    const { weeks } = input;
    const payload = (booked: Booked, slot: SlotDetails, missing: MissingCredits) => ({
      sessions: booked.sessions,
      refusedStart: booked.refused === null ? null : booked.start,
      ...slot,
      ...missing,
      userErrors: errorsOf(booked),
    });
    if (weeks < minWeeks || weeks > maxWeeks) {
      authorizedScope(context, "session:book");
      const message = `A series has ${minWeeks} to ${maxWeeks} weeks.`;
      const userErrors: BookSeriesPayload["userErrors"] = [
        { code: "WEEKS_INVALID", message, field: ["input", "weeks"] },
      ];
      const nothing = { sessions: [], refused: null, start: null };
      return { ...payload(nothing, slotDetails(null, []), noneMissing), userErrors, cursor: null };
    }
    return this.#book(context, input, weeks, payload);
  }

  /** `payload` is what an idempotency key stores: it is made inside the transaction. */
  async #book<Payload extends MutationResult>(
    context: Context,
    input: BookSessionInput,
    weeks: number,
    payload: (booked: Booked, slot: SlotDetails, missing: MissingCredits) => Payload,
  ): Promise<Payload & { readonly cursor: string | null }> {
    const scope = authorizedScope(context, "session:book");
    const { cursors, database, journal, rules, shop } = this.#options;
    const { tenantId } = scope;
    const attempt: Attempt = { start: input.startsAt ?? null, wanted: null, weeks: [] };
    let booked: Booked = { sessions: [], refused: null, start: attempt.start };
    try {
      const { result, position } = await untilSettled(() =>
        journal.mutate(scope, async (tx) => {
          booked = await this.#transact(tx, context, scope, input, weeks, attempt);
          return payload(booked, slotDetails(booked.refused?.slot ?? null, []), noneMissing);
        }),
      );
      if (result.userErrors.length === 0) return { ...result, cursor: cursorAfter(cursors, tenantId, position) };
    } catch (error) {
      const why = refusalOf(error);
      if (why === null) throw error;
      booked = refused(
        why,
        weeks === 1 ? attempt.start : await this.#busyWeek(scope, why, input, attempt, context.now),
      );
    }
    const alternatives = await tellAlternatives(
      { database, rules, tenantId, now: context.now },
      {
        code: booked.refused?.code ?? null,
        after: booked.start ?? attempt.weeks[0]?.startsAt ?? null,
        sessionTypeId: toUuid("SessionType", input.sessionTypeId),
        coachId: input.coachId == null ? null : toUuid("Coach", input.coachId),
        learnerIds: [toUuid("Learner", input.learnerId)].filter((id) => id !== null),
      },
    );
    const missing =
      booked.refused?.code === "INSUFFICIENT_CREDITS" && attempt.wanted !== null
        ? await tellMissingCredits({ database, shop, tenantId, now: context.now }, attempt.wanted)
        : noneMissing;
    if (missing.usable !== null) booked = { ...booked, start: firstUncovered(attempt.weeks, missing.usable) };
    return { ...payload(booked, slotDetails(booked.refused?.slot ?? null, alternatives), missing), cursor: null };
  }

  /** Which week of a series the database refused: it says so of none itself. */
  async #busyWeek(
    { tenantId }: Scope,
    { code }: Refused,
    input: BookSessionInput,
    { weeks }: Attempt,
    now: Date,
  ): Promise<Date | null> {
    const learnerId = toUuid("Learner", input.learnerId);
    if (code !== "LEARNER_BUSY" || learnerId === null) return null;
    return this.#options.database.read(tenantId, (session) => firstBusy(session, learnerId, weeks, now));
  }

  async #transact(
    tx: Transaction,
    { now }: Context,
    { actor, principal }: Scope & { readonly principal: KnownPrincipal },
    input: BookSessionInput,
    weeks: number,
    attempt: Attempt,
  ): Promise<Booked> {
    const wanted = await this.#readWanted(tx, principal, input);
    if ("code" in wanted) return refused(wanted, null);
    const first = readStart(input);
    if (isRefused(first)) return refused({ ...ofSlot(first.slot), field: first.field }, null);
    const plans: Plan[] = [];
    let request: SlotRequest["start"] = first;
    for (let week = 0; week < weeks; week += 1) {
      if (week > 0) request = weeklyStart(plans[0]?.slot, week);
      // The same coach gives a whole series.
      const coachId = plans[0]?.slot.coachId ?? wanted.coachId;
      const plan: Plan | Refused = await this.#plan(tx, { ...wanted, coachId }, request, now);
      if ("code" in plan) return refused(plan, instantOf(request));
      plans.push(plan);
      attempt.start = plan.slot.startsAt;
      if (week === 0 && weeks > 1) await this.#options.rules.lockCoaches(tx, [plan.slot.coachId]);
    }
    const series = weeks === 1 ? null : { id: newUuid(), weeks };
    const made = plans.map((plan) => planOne(plan, wanted, series?.id ?? null));
    const required = made.reduce((sum, { booking }) => sum + booking.credits, 0);
    attempt.weeks = plans.map(({ slot }, week) => ({ ...slot, credits: made[week]?.booking.credits ?? 0 }));
    attempt.wanted = { clientId: wanted.clientId, required: BigInt(required) };
    const [again] = plans.flatMap(({ slot, joinedId, offer }) =>
      slot.type.kind === "GROUP" && joinedId === null && offer?.sessionId != null ? [offer.sessionId] : [],
    );
    const { offers } = this.#options;
    if (again !== undefined) await offers.makeRoom(tx, again, now);
    const moves = await callBook(tx, {
      series,
      sessions: made.flatMap(({ session }) => (session === null ? [] : [session])),
      bookings: made.map(({ booking }) => booking),
      offerId: plans[0]?.offer?.id ?? null,
      at: now,
      actor,
    });
    const [session] = made;
    if (again !== undefined && session !== undefined) await offers.follow(tx, again, session.booking.session_id);
    const paid = made.filter(({ booking }) => booking.credits > 0);
    recordHolds(
      tx,
      moves,
      paid.map(({ booking }) => ({ subject: toId("Booking", booking.id), endsAt: booking.hold_until })),
    );
    const sessions = await this.#tell(tx, principal, made, now);
    return { sessions, refused: null, start: null };
  }

  /** Journal, mails, and what the caller sees of it. */
  async #tell(
    tx: Transaction,
    principal: KnownPrincipal,
    made: readonly { readonly booking: NewBooking; readonly coachId: string }[],
    now: Date,
  ): Promise<BookedSession[]> {
    const { people, mails, jitsiDomain } = this.#options;
    const ids = made.map(({ booking }) => booking.session_id);
    const [rows, view] = await Promise.all([
      findSessions(tx, { kind: "TEAM" }, ids),
      sessionView(tx, people, principal),
      requireActiveCoaches(
        tx,
        people,
        made.map(({ coachId }) => coachId),
      ),
    ]);
    for (const row of rows) {
      const bookings = openBookings(row).filter(({ id }) => made.some(({ booking }) => booking.id === id));
      recordSession(tx, "session.booked", row, { bookings });
      await meetLearners(tx, people, row, now);
      if (row.status === "CONFIRMED") await mails.confirmed(tx, row, bookings, now);
      else await mails.requested(tx, row, bookings);
    }
    return rows.map((row) => toSession(row, { view, now, jitsiDomain }));
  }

  async #readWanted(tx: Transaction, principal: KnownPrincipal, input: BookSessionInput): Promise<Wanted | Refused> {
    const { people } = this.#options;
    const learnerId = toUuid("Learner", input.learnerId);
    const learner = learnerId === null ? null : await people.visibleLearner(tx, principal, learnerId);
    if (learner === null) return refuse("LEARNER_NOT_FOUND", "There is no such learner.", "learnerId");
    const payers = await people.payersOf(tx, learner.id);
    const own = principal.kind === "MEMBER" ? (await people.profilesOf(tx, principal.memberId)).clientId : null;
    const asked = input.clientId == null ? null : toUuid("Client", input.clientId);
    const payer =
      input.clientId == null
        ? (payers.find(({ id }) => id === own) ?? payers[0])
        : payers.find(
            ({ id }) =>
              id === asked &&
              (own === null || id === own || principal.kind !== "MEMBER" || principal.role !== "CLIENT"),
          );
    if (payer === undefined && input.clientId != null) {
      return refuse("CLIENT_NOT_FOUND", "There is no such client who pays for the learner.", "clientId");
    }
    if (payer === undefined) return refuse("NO_PAYER", "Nobody pays for the learner yet.", "learnerId");
    const sessionTypeId = toUuid("SessionType", input.sessionTypeId);
    if (sessionTypeId === null) return ofSlot(refuseSlot("TYPE_NOT_FOUND"));
    const coachId = input.coachId == null ? null : toUuid("Coach", input.coachId);
    if (input.coachId != null && coachId === null) return ofSlot(refuseSlot("COACH_NOT_FOUND"));
    const roomId = input.roomId == null ? null : toUuid("Room", input.roomId);
    if (input.roomId != null && roomId === null) return ofSlot(refuseSlot("ROOM_NOT_FOUND"));
    return { learnerId: learner.id, clientId: payer.id, sessionTypeId, coachId, roomId };
  }

  /** Holds one start against the rules: a new session, a workshop that is joined, or an offer that is accepted. */
  async #plan(
    tx: Transaction,
    { sessionTypeId, coachId, roomId, learnerId }: Wanted,
    start: SlotRequest["start"],
    now: Date,
  ): Promise<Plan | Refused> {
    const { rules, offers } = this.#options;
    const check = (ignoreSessionId: string | null, coach: string | null) =>
      rules.check(tx, { sessionTypeId, coachId: coach, roomId, start, now, ignoreSessionId });
    if (start instanceof Date) {
      const wanted = { learnerId, sessionTypeId, coachId, startsAt: start, now };
      let offer = await offers.find(tx, wanted);
      if (offer !== null) {
        // It may be passed on just now.
        await rules.lockCoaches(tx, [offer.coachId]);
        offer = await offers.find(tx, wanted);
      }
      const workshop = await findWorkshop(tx, { sessionTypeId, coachId, startsAt: start });
      if (workshop !== undefined && (!workshop.is_full || coachId !== null)) {
        if (workshop.is_full && offer === null) return full;
        const slot = await check(workshop.id, workshop.coach_id);
        return slot.kind === "REFUSED" ? ofSlot(slot) : { slot, joinedId: workshop.id, offer };
      }
      if (offer !== null) {
        const slot = await check(offer.sessionId, offer.coachId);
        return slot.kind === "REFUSED" ? ofSlot(slot) : { slot, joinedId: null, offer };
      }
    }
    const slot = await check(null, coachId);
    return slot.kind === "REFUSED" ? ofSlot(slot) : { slot, joinedId: null, offer: null };
  }
}

function planOne(
  { slot, joinedId }: Plan,
  { learnerId, clientId }: Wanted,
  seriesId: string | null,
): { readonly session: NewSession | null; readonly booking: NewBooking; readonly coachId: string } {
  const session = joinedId === null ? planSession(slot, seriesId) : null;
  const booking = planBooking(slot, {
    session_id: session?.id ?? joinedId ?? "",
    is_join: session === null,
    learner_id: learnerId,
    client_id: clientId,
  });
  return { session, booking, coachId: slot.coachId };
}

const full = refuse(
  "SESSION_FULL",
  "No seat is left. Join the waiting list, or choose one of the alternatives.",
  "startsAt",
);

function ofSlot(slot: SlotRefusal): Refused {
  return { code: slot.code, message: slot.message, field: ["input", fields[slot.code] ?? "startsAt"], slot };
}

const fields: Partial<Record<SlotRefusal["code"], string>> = {
  TYPE_NOT_FOUND: "sessionTypeId",
  TYPE_ARCHIVED: "sessionTypeId",
  COACH_NOT_FOUND: "coachId",
  COACH_INACTIVE: "coachId",
  COACH_NOT_OFFERING: "coachId",
  ROOM_NOT_FOUND: "roomId",
};

function refuse(code: Code, message: string, field: string): Refused {
  return { code, message, field: ["input", field] };
}

function refused(why: Refused, start: Date | null): Booked {
  return { sessions: [], refused: why, start };
}

/** What the database refused when all rules were kept: somebody was faster. */
function refusalOf(error: unknown): Refused | null {
  if (error instanceof LedgerRefusal) {
    // An account that was never opened has no credits.
    const isEmpty = error.code === "INSUFFICIENT_CREDITS" || error.code === "NOT_FOUND";
    return isEmpty
      ? refuse(
          "INSUFFICIENT_CREDITS",
          "There aren't enough credits. Buy `nextPack` or change to `nextPlan`, then book again.",
          "clientId",
        )
      : null;
  }
  if (!(error instanceof BookingRefusal)) return null;
  switch (error.code) {
    case "SLOT_TAKEN":
      return ofSlot(refuseSlot("SLOT_TAKEN"));
    case "LEARNER_BUSY":
      return refuse("LEARNER_BUSY", "The learner has another session then.", "startsAt");
    case "SESSION_FULL":
      return full;
    case "ALREADY_BOOKED":
      return refuse("ALREADY_BOOKED", "The learner has a place in this session already.", "learnerId");
    case "COACH_INACTIVE":
      return ofSlot(refuseSlot("COACH_INACTIVE"));
    case "CHANGED":
      return refuse("OFFER_ENDED", "The offer has ended. Join the waiting list again.", "startsAt");
  }
}

function errorsOf({ refused: why }: Booked): BookSessionPayload["userErrors"] {
  return why === null
    ? []
    : [{ code: why.code, message: why.message, field: why.field } as BookSessionPayload["userErrors"][number]];
}
