import type { ReverseSessionInput, ReverseSessionPayload } from "../../schema/session-reversal.ts";
import type { JournalService, Scope, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { readReversal } from "./read-reversal.ts";
import { callReverse } from "./session-functions.ts";
import { recordSession, recordSettled } from "./session-journal.ts";
import type { SessionMails } from "./session-mails.ts";
import { type BookingRow, isOlder, type SessionRow, toSession } from "./session-row.ts";
import { findSessions, rereadSession } from "./session-store.ts";
import { untilSettled } from "./try-again.ts";

export interface SessionReversalsOptions {
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly mails: SessionMails;
  readonly jitsiDomain: string;
}

type ReverseError = ReverseSessionPayload["userErrors"][number];
type Result = Omit<ReverseSessionPayload, "cursor">;

const maxReason = 500;

/** Takes back what was said of sessions' ends by mistake: the credits return to the lots that they were taken from. */
export class SessionReversalsService {
  readonly #options: SessionReversalsOptions;

  constructor(options: SessionReversalsOptions) {
    this.#options = options;
  }

  async reverseSession(context: Context, input: ReverseSessionInput): Promise<ReverseSessionPayload> {
    const scope = authorizedScope(context, "session:reverse");
    const { journal, cursors } = this.#options;
    const reason = input.reason.trim();
    if (reason.length === 0 || reason.length > maxReason) {
      return {
        ...refuse(null, "REASON_INVALID", `A reason has 1 to ${maxReason} characters.`, "reason"),
        cursor: null,
      };
    }
    const { result, position } = await untilSettled(() =>
      journal.mutate(scope, (tx) => this.#reverse(tx, scope, input, { reason, now: context.now })),
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async #reverse(
    tx: Transaction,
    { actor }: Scope,
    input: ReverseSessionInput,
    { reason, now }: { readonly reason: string; readonly now: Date },
  ): Promise<Result> {
    const { jitsiDomain } = this.#options;
    const shown = (row: SessionRow) => toSession(row, { view: { kind: "TEAM" }, now, jitsiDomain });
    const uuid = toUuid("Session", input.id);
    const [before] = uuid === null ? [] : await findSessions(tx, { kind: "TEAM" }, [uuid]);
    if (before === undefined) return refuse(null, "NOT_FOUND", "There is no such session.", "id");
    if (isOlder(input, before)) {
      return refuse(shown(before), "CONFLICT", "Somebody else has changed the session meanwhile.", "expectedVersion");
    }
    const reversal = readReversal(before, input.learnerIds ?? null);
    if (reversal.kind === "REFUSED") return { ...nothing(shown(before)), userErrors: [reversal.error] };
    if (reversal.kind === "DONE") return nothing(shown(before));
    const ids = reversal.bookings.map(({ id }) => id);
    const moves = await callReverse(tx, before, ids, { reason, at: now, actor });
    const row = await rereadSession(tx, before.id);
    recordSettled(tx, moves, row);
    const isRefunded = ({ clientId, payment }: BookingRow) =>
      payment === "SPENT" && moves.some((move) => move.clientId === clientId);
    const refunded = reversal.bookings.filter(isRefunded);
    await this.#options.mails.reversed(tx, row, refunded, reason);
    recordSession(tx, "session.reversed", row, { bookings: reversal.bookings, personal: { reason } });
    return {
      session: shown(row),
      refundedCredits: moves.reduce((sum, { amount }) => sum + Number(amount), 0),
      userErrors: [],
    };
  }
}

function nothing(session: Result["session"]): Result {
  return { session, refundedCredits: 0, userErrors: [] };
}

function refuse(session: Result["session"], code: ReverseError["code"], message: string, field: string): Result {
  return { ...nothing(session), userErrors: [{ code, message, field: ["input", field] } as ReverseError] };
}
