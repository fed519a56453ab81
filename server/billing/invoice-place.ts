import type { InvoiceRow } from "./invoice-row.ts";
import type { SubscriptionRow } from "./subscription-row.ts";

/** Which of a subscription's periods a paid invoice is for. */
export function placeOf(invoice: InvoiceRow, subscription: SubscriptionRow): "PRESENT" | "AHEAD" | "OTHER" {
  const { anchor_at: anchor, period_month: month } = subscription;
  if (anchor === null || invoice.kind === "CHANGE" || invoice.kind === "PACK") return "OTHER";
  // What is paid first, or late, begins the count of months that it isn't a part of.
  if (invoice.paid_at?.getTime() === anchor.getTime()) return month === 0 ? "PRESENT" : "OTHER";
  if (invoice.dropped_at !== null || invoice.anchor_at?.getTime() !== anchor.getTime()) return "OTHER";
  if (invoice.period_month === null || invoice.period_month < month) return "OTHER";
  return invoice.period_month === month ? "PRESENT" : "AHEAD";
}
