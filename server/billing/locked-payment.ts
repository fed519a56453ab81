import type { Transaction } from "../journal/journal.service.ts";
import { AppError } from "../operations/app-error.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import type { BillingParts } from "./billing-parts.ts";
import { lockClient } from "./client-lock.ts";
import { findPayments, type PaymentRow } from "./payment-row.ts";

/** The payment as it stays until the transaction's end; undefined when the caller doesn't see one with this id. */
export async function lockPayment(
  tx: Transaction,
  { people }: Pick<BillingParts, "people">,
  principal: KnownPrincipal,
  id: string | null,
): Promise<PaymentRow | undefined> {
  if (id === null) return undefined;
  const [found] = await findPayments(tx, [id]);
  if (
    found === undefined ||
    (await people.visibleClient(tx, principal, found.client_id, { isErasedToo: true })) === null
  )
    return undefined;
  await lockClient(tx, found.client_id);
  const [locked] = await findPayments(tx, [id]); // again, now that nobody can change it
  return locked;
}

/** The action is for members only, as the table of actions says. */
export function memberOf(principal: KnownPrincipal): string {
  if (principal.kind === "MEMBER") return principal.memberId;
  throw new AppError("FORBIDDEN", "A person has to do this.", { reason: "SCOPE" });
}
