import { filterClock } from "../operations/filter-clock.ts";
import type { CreditAdjustmentsArgs } from "../../schema/credit-adjustment-list.ts";
import type { Page } from "../../schema/connection.ts";
import type { CreditAdjustment } from "../../schema/credit-adjustment.ts";
import type { AdjustCreditsInput, ApproveAdjustmentInput, RejectAdjustmentInput } from "../../schema/credit-inputs.ts";
import type {
  AdjustCreditsPayload,
  ApproveAdjustmentPayload,
  RejectAdjustmentPayload,
} from "../../schema/credit-payloads.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { AppError } from "../operations/app-error.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import { newUuid } from "../operations/uuid.ts";
import type { PeopleService } from "../people/people.service.ts";
import { applyAdjustment } from "./apply-adjustment.ts";
import {
  type AdjustmentRow,
  decideAdjustment,
  findAdjustments,
  insertAdjustment,
  listAdjustments,
  lockAdjustment,
  movedAlone,
  toAdjustment,
} from "./credit-adjustment-row.ts";
import { isAmount, isNote, maxAmount } from "./credit-amount.ts";
import { accountIn } from "./credit-moves.service.ts";
import { refusable, shortfallOf } from "./credit-refusal.ts";
import { loadCreditRules } from "./credit-settings.ts";
import { dayBefore } from "./day-before.ts";
import { accountOf } from "./ledger.ts";
import { recordAdjustment } from "./record-adjustment.ts";

export interface CreditAdjustmentsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
}

type AdjustCode = AdjustCreditsPayload["userErrors"][number]["code"];
type ApproveCode = ApproveAdjustmentPayload["userErrors"][number]["code"];

const tooMuch = `Correct by 1 to ${maxAmount} credits, up or down.`;

/** Corrections by hand: small ones at once, others when a second person has agreed. */
export class CreditAdjustmentsService {
  readonly #options: CreditAdjustmentsOptions;

  constructor(options: CreditAdjustmentsOptions) {
    this.#options = options;
  }

  async adjustCredits(context: Context, input: AdjustCreditsInput): Promise<AdjustCreditsPayload> {
    const scope = authorizedScope(context, "credits:adjust");
    const { journal, cursors, people } = this.#options;
    const { amount, reason } = input;
    const refuse = (code: AdjustCode, message: string, field: string) => ({
      adjustment: null,
      account: null,
      ...shortfallOf(null),
      userErrors: [{ code, message, field: ["input", field] }],
    });
    const size = amount < 0n ? -amount : amount;
    if (!isAmount(size)) return { ...refuse("AMOUNT_INVALID", tooMuch, "amount"), cursor: null };
    if (reason.trim() === "" || !isNote(reason)) {
      return { ...refuse("REASON_INVALID", "Write a reason of 1 to 1,000 characters.", "reason"), cursor: null };
    }
    const clientId = toUuid("Client", input.clientId);
    const { now } = context;
    const { result, position } = await refusable(
      () =>
        journal.mutate(scope, async (tx) => {
          const client = clientId === null ? null : await people.visibleClient(tx, scope.principal, clientId);
          if (client === null) return refuse("NOT_FOUND", "There is no such client.", "clientId");
          const { approvalOver } = await loadCreditRules(tx);
          const alone = await movedAlone(tx, [client.id], dayBefore(now));
          const needsSecond = alone + size > approvalOver;
          if (needsSecond && scope.principal.kind !== "MEMBER") {
            return refuse("PERSON_REQUIRED", "So large a correction has to be asked for by a person.", "amount");
          }
          await accountOf(tx, client.id);
          const asked: AdjustmentRow = {
            id: newUuid(),
            account_id: client.id,
            amount,
            reason,
            status: "PENDING_APPROVAL",
            requested_by: scope.actor,
            requested_at: now,
            decided_by_id: null,
            decided_at: null,
            txn_id: null,
            to_account_id: null,
          };
          const row = needsSecond ? asked : await applyAdjustment(tx, asked, scope.principal, now);
          await insertAdjustment(tx, row);
          if (needsSecond) recordAdjustment(tx, row, "credits.adjustment_requested");
          return {
            adjustment: toAdjustment(row),
            account: await accountIn(tx, client.id, now),
            ...shortfallOf(null),
            userErrors: [],
          };
        }),
      (refusal) =>
        refusal.code === "INSUFFICIENT_CREDITS"
          ? { ...refuse("INSUFFICIENT_CREDITS", "Fewer credits are usable.", "amount"), ...shortfallOf(refusal) }
          : refuse("AMOUNT_INVALID", "The account can't hold so many credits.", "amount"),
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async approveAdjustment(context: Context, { id }: ApproveAdjustmentInput): Promise<ApproveAdjustmentPayload> {
    const scope = authorizedScope(context, "credits:manage");
    const { journal, cursors } = this.#options;
    const memberId = memberOf(scope.principal);
    const { now } = context;
    const refuse = (code: ApproveCode, message: string, row?: AdjustmentRow) => ({
      adjustment: row === undefined ? null : toAdjustment(row),
      account: null,
      ...shortfallOf(null),
      userErrors: [{ code, message, field: ["input", "id"] }],
    });
    const uuid = toUuid("CreditAdjustment", id);
    const { result, position } = await refusable(
      () =>
        journal.mutate(scope, async (tx) => {
          const asked = uuid === null ? undefined : await lockAdjustment(tx, uuid);
          if (asked === undefined) return refuse("NOT_FOUND", "There is no such correction.");
          if (asked.status !== "PENDING_APPROVAL") return refuse("NOT_PENDING", "It was decided already.", asked);
          if (asked.requested_by.type !== "SYSTEM" && asked.requested_by.id === memberId) {
            return refuse("SAME_PERSON", "Somebody else has to approve what you asked for.", asked);
          }
          const applied = await applyAdjustment(tx, asked, scope.principal, now);
          const row = { ...applied, decided_by_id: memberId, decided_at: now };
          await decideAdjustment(tx, row);
          recordAdjustment(tx, row, "credits.adjustment_approved");
          return {
            adjustment: toAdjustment(row),
            account: await accountIn(tx, row.account_id, now),
            ...shortfallOf(null),
            userErrors: [],
          };
        }),
      (refusal) =>
        refusal.code === "INSUFFICIENT_CREDITS"
          ? { ...refuse("INSUFFICIENT_CREDITS", "Fewer credits are usable by now."), ...shortfallOf(refusal) }
          : refuse("AMOUNT_INVALID", "The account can't hold so many credits."),
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async rejectAdjustment(context: Context, { id }: RejectAdjustmentInput): Promise<RejectAdjustmentPayload> {
    const scope = authorizedScope(context, "credits:manage");
    const { journal, cursors } = this.#options;
    const memberId = memberOf(scope.principal);
    const uuid = toUuid("CreditAdjustment", id);
    const field = ["input", "id"];
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const asked = uuid === null ? undefined : await lockAdjustment(tx, uuid);
      if (asked === undefined) {
        const error = { code: "NOT_FOUND" as const, message: "There is no such correction.", field };
        return { adjustment: null, userErrors: [error] };
      }
      if (asked.status !== "PENDING_APPROVAL") {
        const error = { code: "NOT_PENDING" as const, message: "It was decided already.", field };
        return { adjustment: toAdjustment(asked), userErrors: [error] };
      }
      const row: AdjustmentRow = {
        ...asked,
        status: "REJECTED",
        decided_by_id: memberId,
        decided_at: context.now,
      };
      await decideAdjustment(tx, row);
      recordAdjustment(tx, row, "credits.adjustment_rejected");
      return { adjustment: toAdjustment(row), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async creditAdjustments(context: Context, args: CreditAdjustmentsArgs): Promise<Page<CreditAdjustment>> {
    const { tenantId } = authorizedScope(context, "credits:adjust");
    const { database, cursors } = this.#options;
    return database.read(tenantId, async (session) => {
      const list = listAdjustments(await filterClock(session, context, args.filter), args);
      return paginate(session, cursors, list, args);
    });
  }

  async byIds(context: Context, ids: readonly string[]): Promise<Map<string, CreditAdjustment>> {
    const { tenantId } = authorizedScope(context, "credits:adjust");
    const rows = await this.#options.database.read(tenantId, (session) => findAdjustments(session, ids));
    return new Map(rows.map((row) => [row.id, toAdjustment(row)]));
  }
}

/** The action is for members only, as the table of actions says. */
function memberOf(principal: KnownPrincipal): string {
  if (principal.kind === "MEMBER") return principal.memberId;
  throw new AppError("FORBIDDEN", "A person has to decide this.", { reason: "SCOPE" });
}
