import { filterClock } from "../operations/filter-clock.ts";
import type { WaitingListArgs } from "../../schema/waiting-list-filter.ts";
import type { Page } from "../../schema/connection.ts";
import type {
  JoinWaitingListInput,
  JoinWaitingListPayload,
  LeaveWaitingListInput,
  LeaveWaitingListPayload,
  WaitingListEntry,
} from "../../schema/waiting-list.ts";
import type { SlotCode } from "../calendar/slot-refusal.ts";
import type { SlotRules } from "../calendar/slot-rules.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import type { PeopleService } from "../people/people.service.ts";
import { findWorkshop } from "./session-store.ts";
import { sessionView } from "./sessions.access.ts";
import { tryAgain } from "./try-again.ts";
import { record, setStatus, type WaitingList, type WaitingRow } from "./waiting-list.ts";
import { findWaiting, insertWaiting, occupantOf, toEntry, waitingPages } from "./waiting-list-store.ts";

export interface WaitingListOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
  readonly rules: SlotRules;
  readonly waiting: WaitingList;
}

type JoinResult = Omit<JoinWaitingListPayload, "cursor">;
type JoinCode = JoinWaitingListPayload["userErrors"][number]["code"];

/** Who waits for slots that others have. */
export class WaitingListService {
  readonly #options: WaitingListOptions;

  constructor(options: WaitingListOptions) {
    this.#options = options;
  }

  async waitingList(context: Context, args: WaitingListArgs): Promise<Page<WaitingListEntry>> {
    const { tenantId, principal } = authorizedScope(context, "session:read");
    const { database, cursors, people } = this.#options;
    return database.read(tenantId, async (session) => {
      const view = await sessionView(session, people, principal);
      return paginate(
        session,
        cursors,
        waitingPages(view, await filterClock(session, context, args.filter), args),
        args,
      );
    });
  }

  /** By uuid. */
  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, WaitingListEntry>> {
    const { tenantId, principal } = authorizedScope(context, "session:read");
    const rows = await this.#options.database.read(tenantId, (session) => this.#find(session, principal, uuids));
    return new Map(rows.map((row) => [row.id, toEntry(row)]));
  }

  async joinWaitingList(context: Context, input: JoinWaitingListInput): Promise<JoinWaitingListPayload> {
    const scope = authorizedScope(context, "session:book");
    const { journal, cursors } = this.#options;
    const { result, position } = await tryAgain(() =>
      journal.mutate(scope, (tx) => this.#join(tx, scope.principal, input, context.now)),
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async leaveWaitingList(context: Context, { id }: LeaveWaitingListInput): Promise<LeaveWaitingListPayload> {
    const scope = authorizedScope(context, "session:book");
    const { journal, cursors, waiting } = this.#options;
    const uuid = toUuid("WaitingListEntry", id);
    const { result, position } = await tryAgain(() =>
      journal.mutate(scope, async (tx): Promise<Omit<LeaveWaitingListPayload, "cursor">> => {
        const [seen] = uuid === null ? [] : await this.#find(tx, scope.principal, [uuid]);
        if (seen !== undefined) await waiting.lock(tx, [seen.coach_id]);
        const [row] = seen === undefined ? [] : await this.#find(tx, scope.principal, [seen.id], true);
        if (row === undefined) {
          return {
            entry: null,
            userErrors: [{ code: "NOT_FOUND", message: "There is no such entry.", field: ["input", "id"] }],
          };
        }
        if (row.status !== "WAITING" && row.status !== "OFFERED") return { entry: toEntry(row), userErrors: [] };
        await setStatus(tx, row, "LEFT", null);
        record(tx, row, "waiting_list.left", {});
        await waiting.pass(tx, row, context.now);
        return { entry: toEntry({ ...row, status: "LEFT", offered_until: null }), userErrors: [] };
      }),
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async #join(
    tx: Transaction,
    principal: KnownPrincipal,
    { startsAt, ...input }: JoinWaitingListInput,
    now: Date,
  ): Promise<JoinResult> {
    const { people, rules, waiting } = this.#options;
    const learnerId = toUuid("Learner", input.learnerId);
    const learner = learnerId === null ? null : await people.visibleLearner(tx, principal, learnerId);
    if (learner === null) return refuse("LEARNER_NOT_FOUND", "There is no such learner.", "learnerId");
    const [payer] = await people.payersOf(tx, learner.id);
    if (payer === undefined) return refuse("NO_PAYER", "Nobody pays for the learner yet.", "learnerId");
    const sessionTypeId = toUuid("SessionType", input.sessionTypeId);
    if (sessionTypeId === null) return refuse("TYPE_NOT_FOUND", "There is no such session type.", "sessionTypeId");
    const coachId = toUuid("Coach", input.coachId);
    if (coachId === null) return refuse("COACH_NOT_FOUND", "There is no such coach.", "coachId");
    await waiting.lock(tx, [coachId]);
    const wanted = { sessionTypeId, coachId, startsAt };
    const workshop = await findWorkshop(tx, wanted);
    if (workshop?.is_full === false) return refuse("SLOT_FREE", "A seat is free: book it.", "startsAt");
    const judged = await rules.check(tx, { sessionTypeId, coachId, start: startsAt, now });
    if (judged.kind === "FREE") return refuse("SLOT_FREE", "The slot is free: book it.", "startsAt");
    const refusal = refuseSlot(judged.code, judged.message);
    if (refusal !== null) return refusal;
    const sessionId = await occupantOf(tx, wanted, now);
    if (sessionId === null) return refuse("NOT_A_SLOT", "Nobody who could leave has this time.", "startsAt");
    const row = await insertWaiting(tx, { ...wanted, sessionId, learnerId: learner.id, clientId: payer.id, now });
    if (row === null) return refuse("ALREADY_WAITING", "The learner waits for it already, or has it.", "learnerId");
    record(tx, row, "waiting_list.joined", {});
    return { entry: toEntry(row), userErrors: [] };
  }

  async #find(
    session: Session,
    principal: KnownPrincipal,
    uuids: readonly string[],
    forUpdate = false,
  ): Promise<WaitingRow[]> {
    const view = await sessionView(session, this.#options.people, principal);
    return findWaiting(session, view, uuids, forUpdate);
  }
}

/** Null: somebody else has the time, which is what a waiting list is for. */
function refuseSlot(code: SlotCode, message: string): JoinResult | null {
  if (code === "SLOT_TAKEN" || code === "INSIDE_BUFFER") return null;
  if (code === "TYPE_NOT_FOUND" || code === "TYPE_ARCHIVED") return refuse("TYPE_NOT_FOUND", message, "sessionTypeId");
  if (code.startsWith("COACH_")) return refuse("COACH_NOT_FOUND", message, "coachId");
  return refuse("NOT_A_SLOT", message, "startsAt");
}

function refuse(code: JoinCode, message: string, field: string): JoinResult {
  const error = { code, message, field: ["input", field] } as JoinResult["userErrors"][number];
  return { entry: null, userErrors: [error] };
}
