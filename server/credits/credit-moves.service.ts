import type { GrantCreditsInput, TransferCreditsInput } from "../../schema/credit-inputs.ts";
import type { GrantCreditsPayload, TransferCreditsPayload } from "../../schema/credit-payloads.ts";
import type { CreditAccount } from "../../schema/credit-account.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { newUuid } from "../operations/uuid.ts";
import type { PeopleService } from "../people/people.service.ts";
import { applyAdjustment } from "./apply-adjustment.ts";
import { type AdjustmentRow, insertAdjustment, movedAlone, toAdjustment } from "./credit-adjustment-row.ts";
import { expiryOf } from "./credit-expiry.ts";
import { isAmount, isNote, maxAmount } from "./credit-amount.ts";
import { toAccount } from "./credit-row.ts";
import { loadCreditRules } from "./credit-settings.ts";
import { findAccounts } from "./credit-store.ts";
import { refusable, shortfallOf } from "./credit-refusal.ts";
import { dayBefore } from "./day-before.ts";
import { accountOf, grant } from "./ledger.ts";
import { recordAdjustment } from "./record-adjustment.ts";

export interface CreditMovesOptions {
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
}

type GrantCode = GrantCreditsPayload["userErrors"][number]["code"];
type TransferCode = TransferCreditsPayload["userErrors"][number]["code"];

/** Moves of credits that the team makes by hand. */
export class CreditMovesService {
  readonly #options: CreditMovesOptions;

  constructor(options: CreditMovesOptions) {
    this.#options = options;
  }

  async grantCredits(context: Context, input: GrantCreditsInput): Promise<GrantCreditsPayload> {
    const scope = authorizedScope(context, "credits:grant");
    const { journal, cursors, people } = this.#options;
    const { amount, kind, reason } = input;
    const refuse = (code: GrantCode, message: string, field: string) => ({
      account: null,
      userErrors: [{ code, message, field: ["input", field] }],
    });
    const clientId = toUuid("Client", input.clientId);
    if (!isAmount(amount))
      return { ...refuse("AMOUNT_INVALID", `Grant 1 to ${maxAmount} credits.`, "amount"), cursor: null };
    if (!isNote(reason))
      return { ...refuse("REASON_INVALID", "Write at most 1,000 characters.", "reason"), cursor: null };
    const { now: at } = context;
    const effectiveAt = input.effectiveAt ?? at;
    const { result, position } = await refusable(
      () =>
        journal.mutate(scope, async (tx) => {
          const client = clientId === null ? null : await people.visibleClient(tx, scope.principal, clientId);
          if (client === null) return refuse("NOT_FOUND", "There is no such client.", "clientId");
          const rules = await loadCreditRules(tx);
          const usual = () => expiryOf(effectiveAt, rules.expiresAfterMonths, rules.timeZone);
          const expiresAt = input.expiresAt === undefined ? usual() : input.expiresAt;
          if (expiresAt !== null && (expiresAt <= effectiveAt || expiresAt <= at)) {
            return refuse("EXPIRY_INVALID", "The credits would expire before they could be used.", "expiresAt");
          }
          const key = `grant:${newUuid()}`;
          const { actor } = scope;
          await grant(tx, {
            clientId: client.id,
            amount,
            kind,
            key,
            at,
            actor,
            effectiveAt,
            expiresAt,
            reason: reason ?? null,
          });
          return { account: await accountIn(tx, client.id, at), userErrors: [] };
        }),
      () => refuse("AMOUNT_INVALID", "The account can't hold so many credits.", "amount"),
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async transferCredits(context: Context, input: TransferCreditsInput): Promise<TransferCreditsPayload> {
    const scope = authorizedScope(context, "credits:adjust");
    const { journal, cursors, people } = this.#options;
    const { amount, reason } = input;
    const refuse = (code: TransferCode, message: string, field: string) => ({
      adjustment: null,
      from: null,
      to: null,
      ...shortfallOf(null),
      userErrors: [{ code, message, field: ["input", field] }],
    });
    if (!isAmount(amount))
      return { ...refuse("AMOUNT_INVALID", `Move 1 to ${maxAmount} credits.`, "amount"), cursor: null };
    if (!isNote(reason))
      return { ...refuse("REASON_INVALID", "Write at most 1,000 characters.", "reason"), cursor: null };
    const [fromId, toId] = [toUuid("Client", input.fromClientId), toUuid("Client", input.toClientId)];
    const { now: at } = context;
    const { result, position } = await refusable(
      () =>
        journal.mutate(scope, async (tx) => {
          const from = fromId === null ? null : await people.visibleClient(tx, scope.principal, fromId);
          if (from === null) return refuse("NOT_FOUND", "There is no such client.", "fromClientId");
          const to = toId === null ? null : await people.visibleClient(tx, scope.principal, toId);
          if (to === null) return refuse("NOT_FOUND", "There is no such client.", "toClientId");
          if (from.id === to.id) return refuse("SAME_CLIENT", "Both clients are the same.", "toClientId");
          const clientIds = [from.id, to.id].toSorted();
          const { approvalOver } = await loadCreditRules(tx);
          // As a correction is, on either account: or small ones could be brought together on one.
          const needsSecond = (await movedAlone(tx, clientIds, dayBefore(at))) + amount > approvalOver;
          if (needsSecond && scope.principal.kind !== "MEMBER") {
            return refuse("PERSON_REQUIRED", "So many have to be moved by a person.", "amount");
          }
          const note = reason?.trim() ?? "";
          if (needsSecond && note === "") {
            return refuse("REASON_INVALID", "So many need another person's approval: tell him why.", "reason");
          }
          for (const clientId of clientIds) await accountOf(tx, clientId);
          const asked: AdjustmentRow = {
            id: newUuid(),
            account_id: from.id,
            amount,
            reason: note,
            status: "PENDING_APPROVAL",
            requested_by: scope.actor,
            requested_at: at,
            decided_by_id: null,
            decided_at: null,
            txn_id: null,
            to_account_id: to.id,
          };
          const row = needsSecond ? asked : await applyAdjustment(tx, asked, scope.principal, at);
          await insertAdjustment(tx, row);
          if (needsSecond) recordAdjustment(tx, row, "credits.adjustment_requested");
          const accounts = { from: await accountIn(tx, from.id, at), to: await accountIn(tx, to.id, at) };
          return { adjustment: toAdjustment(row), ...accounts, ...shortfallOf(null), userErrors: [] };
        }),
      (refusal) =>
        refusal.code === "INVALID"
          ? refuse("AMOUNT_INVALID", "The receiver's account can't hold so many credits.", "amount")
          : {
              ...refuse("INSUFFICIENT_CREDITS", "The giver has fewer usable credits.", "amount"),
              ...shortfallOf(refusal, amount),
            },
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}

/** The account as the transaction sees it. */
export async function accountIn(tx: Transaction, clientId: string, at: Date): Promise<CreditAccount> {
  const [row] = await findAccounts(tx, [clientId], at);
  if (row === undefined) throw new Error("an account was asked for and none was told");
  return toAccount(row);
}
