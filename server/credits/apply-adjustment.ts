import type { Transaction } from "../journal/journal.service.ts";
import { actorOf, type KnownPrincipal } from "../operations/principal.ts";
import type { AdjustmentRow } from "./credit-adjustment-row.ts";
import { expiryOf } from "./credit-expiry.ts";
import { loadCreditRules } from "./credit-settings.ts";
import { adjust, transfer } from "./ledger.ts";

/** Moves the credits. One key for each correction or transfer: however it comes to it, it is applied once. */
export async function applyAdjustment(
  tx: Transaction,
  row: AdjustmentRow,
  by: KnownPrincipal,
  at: Date,
): Promise<AdjustmentRow> {
  const { account_id: clientId, to_account_id: toClientId, amount } = row;
  const move = { clientId, amount, at, actor: actorOf(by) };
  if (toClientId !== null) {
    const reason = row.reason === "" ? null : row.reason;
    const [moved] = await transfer(tx, { ...move, toClientId, reason, key: `transfer:${row.id}` });
    if (moved === undefined) throw new Error("a transfer told nothing");
    return { ...row, status: "APPLIED", txn_id: moved.transactionId };
  }
  const { expiresAfterMonths, timeZone } = await loadCreditRules(tx);
  const expiresAt = amount > 0n ? expiryOf(at, expiresAfterMonths, timeZone) : null;
  const { transactionId } = await adjust(tx, {
    ...move,
    reason: row.reason,
    expiresAt,
    key: `adjustment:${row.id}`,
  });
  return { ...row, status: "APPLIED", txn_id: transactionId };
}
