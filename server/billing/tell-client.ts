import type { Transaction } from "../journal/journal.service.ts";
import type { BillingMail, MoneyText } from "./billing-mail.port.ts";
import type { BillingParts } from "./billing-parts.ts";
import { findInvoice } from "./invoice-row.ts";
import { findPacks } from "./pack-row.ts";
import type { PaymentRow } from "./payment-row.ts";

/** A mail without whom it goes to. */
export type Told = BillingMail extends infer Mail
  ? Mail extends BillingMail
    ? { readonly kind: Mail["kind"]; readonly cause: string; readonly data: Omit<Mail["data"], "name"> }
    : never
  : never;

/** Queues a mail to a client, in his language and zone, in the transaction of what it tells of. */
export async function tellClient(
  tx: Transaction,
  { mails, people }: Pick<BillingParts, "mails" | "people">,
  clientId: string,
  { kind, cause, data }: Told,
): Promise<void> {
  const [client] = await people.clients(tx, [clientId]);
  if (client === undefined) throw new Error(`there is no client ${clientId}`);
  const { email: to, name, locale, time_zone: timeZone } = client;
  // Kind and data belong together as Told says; the compiler can't follow that through the spread.
  await mails.queue(tx, { kind, cause, to, toName: name, locale, timeZone, data: { name, ...data } } as BillingMail);
}

/** What a payment is for, as the client knows it: the name of the pack, or the line of the invoice. */
export async function purposeOf(tx: Transaction, payment: PaymentRow): Promise<string> {
  if (payment.invoice_id !== null) return (await findInvoice(tx, payment.invoice_id)).lines[0]?.description ?? "";
  const [pack] = payment.pack_id === null ? [] : await findPacks(tx, [payment.pack_id]);
  return pack?.name ?? "";
}

/** A sum in a payment's currency. */
export function moneyText({ currency }: Pick<PaymentRow, "currency">, amountMinor: bigint): MoneyText {
  return { amountMinor: String(amountMinor), currency };
}
