import type { Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import type { AdjustmentRow } from "./credit-adjustment-row.ts";

type AdjustmentEntry = "credits.adjustment_requested" | "credits.adjustment_approved" | "credits.adjustment_rejected";

/** That a second person is asked, or what he decided. The move itself has an entry of its own. */
export function recordAdjustment(tx: Transaction, row: AdjustmentRow, type: AdjustmentEntry): void {
  tx.record({
    type,
    subjectType: "CreditAccount",
    subjectId: row.account_id,
    data: {
      adjustmentId: toId("CreditAdjustment", row.id),
      amount: Number(row.amount),
      ...(row.to_account_id === null ? {} : { toAccountId: toId("CreditAccount", row.to_account_id) }),
    },
    personal: { reason: row.reason }, // what somebody wrote may tell of a person
  });
}
