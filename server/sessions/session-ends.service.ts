import type { CompleteSessionInput, ConfirmSessionInput, MarkNoShowInput } from "../../schema/session-inputs.ts";
import type {
  CompleteSessionPayload,
  ConfirmSessionPayload,
  MarkNoShowPayload,
} from "../../schema/session-payloads.ts";
import type { JournalService, Scope, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import type { PeopleService } from "../people/people.service.ts";
import { meetLearners } from "./meet-learners.ts";
import { missedBookings, readAbsence } from "./read-absence.ts";
import { callConfirm, callEnd, type Settlement } from "./session-functions.ts";
import { recordSession, recordSettled } from "./session-journal.ts";
import type { SessionMails } from "./session-mails.ts";
import { readReport, type Report } from "./session-report.ts";
import { isOlder, openBookings, type SessionRow, toSession } from "./session-row.ts";
import { findSessions, rereadSession } from "./session-store.ts";
import { seesAll, type SessionView, sessionView } from "./sessions.access.ts";
import { untilSettled } from "./try-again.ts";

export interface SessionEndsOptions {
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
  readonly mails: SessionMails;
  readonly jitsiDomain: string;
}

type KnownScope = Scope & { readonly principal: KnownPrincipal };

interface Found {
  readonly row: SessionRow | null;
  readonly view: SessionView;
}

interface Refused {
  readonly code: "NOT_FOUND" | "CONFLICT" | "NOT_CONFIRMED" | "NOT_BEGUN";
  readonly message: string;
  readonly field: string[];
}

/** What the coach and the team say of sessions: that they take place, took place, or that nobody came. */
export class SessionEndsService {
  readonly #options: SessionEndsOptions;

  constructor(options: SessionEndsOptions) {
    this.#options = options;
  }

  async confirmSession(context: Context, input: ConfirmSessionInput): Promise<ConfirmSessionPayload> {
    const scope = authorizedScope(context, "session:manage");
    const { journal, mails } = this.#options;
    const { now } = context;
    const { result, position } = await untilSettled(() =>
      journal.mutate(scope, async (tx): Promise<Omit<ConfirmSessionPayload, "cursor">> => {
        const { row, view } = await this.#find(tx, scope, input.id);
        if (row === null) return { session: null, userErrors: [notFound] };
        const session = this.#show(row, view, now);
        if (isOlder(input, row)) return { session, userErrors: [conflict] };
        if (row.status === "CONFIRMED") return { session, userErrors: [] };
        if (row.status !== "PENDING" || row.startsAt <= now) return { session, userErrors: [notOpen] };
        await callConfirm(tx, row, now);
        const after = await rereadSession(tx, row.id);
        const bookings = openBookings(after);
        recordSession(tx, "session.confirmed", after, { bookings });
        await meetLearners(tx, this.#options.people, after, now);
        await mails.confirmed(tx, after, bookings, now);
        return { session: this.#show(after, view, now), userErrors: [] };
      }),
    );
    return { ...result, cursor: cursorAfter(this.#options.cursors, scope.tenantId, position) };
  }

  async completeSession(context: Context, input: CompleteSessionInput): Promise<CompleteSessionPayload> {
    const scope = authorizedScope(context, "session:manage");
    const { now } = context;
    const { result, position } = await untilSettled(() =>
      this.#options.journal.mutate(scope, async (tx): Promise<Omit<CompleteSessionPayload, "cursor">> => {
        const { row, view } = await this.#find(tx, scope, input.id);
        const refused = refuseEnd(row, input, now);
        if (row === null || refused !== null) {
          return { session: row && this.#show(row, view, now), userErrors: [refused ?? notFound] };
        }
        const open = openBookings(row);
        const report = readReport(input, { open, missed: missedBookings(row) });
        if ("userErrors" in report) return { session: null, userErrors: report.userErrors };
        const isAbsent = (learnerId: string) => report.absentIds.has(learnerId);
        const settled = open.map(({ id, learnerId }): Settlement => {
          return { id, settle: "SPEND", status: isAbsent(learnerId) ? "NO_SHOW" : "ATTENDED" };
        });
        const moves = await callEnd(tx, row, "COMPLETED", settled, { at: now, actor: scope.actor });
        await writeReport(tx, row.id, report, now);
        const after = await rereadSession(tx, row.id);
        recordSettled(tx, moves, after);
        const { summary, topics, homework } = report;
        recordSession(tx, "session.completed", after, { bookings: open, personal: { summary, topics, homework } });
        await this.#progress(tx, after, report, now);
        const attended = open.filter(({ learnerId }) => !isAbsent(learnerId));
        await this.#options.mails.reported(tx, after, attended, report);
        return { session: this.#show(after, view, now), userErrors: [] };
      }),
    );
    return { ...result, cursor: cursorAfter(this.#options.cursors, scope.tenantId, position) };
  }

  /** Of a workshop, also for some only: it goes on for the others, and completeSession ends it. */
  async markNoShow(context: Context, input: MarkNoShowInput): Promise<MarkNoShowPayload> {
    const scope = authorizedScope(context, "session:manage");
    const { now } = context;
    const { result, position } = await untilSettled(() =>
      this.#options.journal.mutate(scope, async (tx): Promise<Omit<MarkNoShowPayload, "cursor">> => {
        const { row, view } = await this.#find(tx, scope, input.id);
        if (row === null) return { session: null, bookings: [], userErrors: [notFound] };
        const session = this.#show(row, view, now);
        const absence = readAbsence(row, input.learnerIds ?? null);
        if (absence.kind === "REFUSED") return { session, bookings: [], userErrors: [absence.error] };
        if (absence.kind === "KNOWN") return { session, bookings: [], userErrors: [] };
        const refused = refuseEnd(row, input, now);
        if (refused !== null) return { session, bookings: [], userErrors: [refused] };
        const { absent, status } = absence;
        const settled = absent.map(({ id }): Settlement => ({ id, settle: "SPEND", status: "NO_SHOW" }));
        const moves = await callEnd(tx, row, status, settled, { at: now, actor: scope.actor });
        const after = await rereadSession(tx, row.id);
        recordSettled(tx, moves, after);
        recordSession(tx, status === "NO_SHOW" ? "session.no_show" : "session.missed", after, { bookings: absent });
        const shown = this.#show(after, view, now);
        const marked = new Set(absent.map(({ id }) => toId("Booking", id)));
        return { session: shown, bookings: shown.bookings.filter(({ id }) => marked.has(id)), userErrors: [] };
      }),
    );
    return { ...result, cursor: cursorAfter(this.#options.cursors, scope.tenantId, position) };
  }

  /** A coach marks his own sessions only: others don't exist for him. */
  async #find(tx: Transaction, { principal }: KnownScope, id: string): Promise<Found> {
    const uuid = toUuid("Session", id);
    const view = await sessionView(tx, this.#options.people, principal);
    const [row] = uuid === null ? [] : await findSessions(tx, view, [uuid]);
    return { row: row !== undefined && seesAll(view, row) ? row : null, view };
  }

  #show(row: SessionRow, view: SessionView, now: Date) {
    return toSession(row, { view, now, jitsiDomain: this.#options.jitsiDomain });
  }

  async #progress(tx: Transaction, row: SessionRow, { marks }: Report, now: Date): Promise<void> {
    const learnerIds = new Set(marks.map(({ learnerId }) => learnerId));
    for (const learnerId of learnerIds) {
      await this.#options.people.recordProgress(tx, {
        learnerId,
        coachId: row.coachId,
        sessionId: row.id,
        at: now,
        marks: marks.filter((mark) => mark.learnerId === learnerId),
      });
    }
  }
}

const notFound = { code: "NOT_FOUND", message: "There is no such session.", field: ["input", "id"] } as const;
const conflict = {
  code: "CONFLICT",
  message: "Somebody else has changed the session meanwhile.",
  field: ["input", "expectedVersion"],
} as const;
const notOpen = { code: "NOT_OPEN", message: "The session is over or cancelled.", field: ["input", "id"] } as const;

function refuseEnd(
  row: SessionRow | null,
  input: { readonly expectedVersion?: number | null },
  now: Date,
): Refused | null {
  const field = ["input", "id"];
  if (row === null) return { ...notFound, field };
  if (isOlder(input, row)) return { ...conflict, field: ["input", "expectedVersion"] };
  if (row.status !== "CONFIRMED") return { code: "NOT_CONFIRMED", message: `The session is ${row.status}.`, field };
  if (now < row.startsAt) return { code: "NOT_BEGUN", message: "The session hasn't begun.", field };
  return null;
}

async function writeReport(
  tx: Transaction,
  sessionId: string,
  { summary, topics, homework }: Report,
  now: Date,
): Promise<void> {
  await tx.query({
    name: "session-report",
    text: `INSERT INTO session_report (tenant_id, session_id, summary, topics, homework, written_at)
      VALUES (nexora_tenant(), $1, $2, $3, $4, $5)`,
    values: [sessionId, summary, topics, homework, now],
  });
}
