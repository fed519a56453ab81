import type { Session } from "../db/session.ts";
import { defaultLimits } from "./default-limits.ts";
import type { BankDetails } from "./payment-provider.port.ts";

/** How a tenant is paid, and what of the tenant itself billing needs. */
export interface BillingRules {
  readonly referencePrefix: string;
  readonly transferDays: number;
  readonly invoiceLeadDays: number;
  readonly graceDays: number;
  /** What one person may confirm alone, by currency. */
  readonly approvalOver: ReadonlyMap<string, bigint>;
  readonly bankDetails: BankDetails | null;
  readonly version: number;
  readonly tenantName: string;
  readonly timeZone: string;
}

interface Row {
  readonly reference_prefix: string | null;
  readonly transfer_days: number | null;
  readonly invoice_lead_days: number | null;
  readonly grace_days: number | null;
  readonly approval_over: Readonly<Record<string, string>> | null;
  readonly bank_details: BankDetails | null;
  readonly version: number | null;
  readonly tenant_name: string;
  readonly time_zone: string;
}

/** Until somebody changes them the defaults hold, as version 0. Locked, nobody else changes them until the transaction's end. */
export async function loadBillingRules(
  session: Session,
  { isLocked = false }: { readonly isLocked?: boolean } = {},
): Promise<BillingRules> {
  const [row] = await session.query<Row>({
    name: isLocked ? "billing-rules-locked" : "billing-rules",
    text: `SELECT s.reference_prefix, s.transfer_days, s.invoice_lead_days, s.grace_days, s.approval_over, s.bank_details, s.version,
             t.name AS tenant_name, t.time_zone
           FROM tenant t LEFT JOIN billing_settings s ON s.tenant_id = t.id WHERE t.id = $1${isLocked ? " FOR UPDATE OF t" : ""}`,
    values: [session.tenantId],
  });
  if (row === undefined) throw new Error("the tenant doesn't exist");
  return {
    referencePrefix: row.reference_prefix ?? "NX",
    transferDays: row.transfer_days ?? 14,
    invoiceLeadDays: row.invoice_lead_days ?? 7,
    graceDays: row.grace_days ?? 7,
    approvalOver:
      row.approval_over === null
        ? defaultLimits
        : new Map(Object.entries(row.approval_over).map(([currency, over]) => [currency, BigInt(over)])),
    bankDetails: row.bank_details,
    version: row.version ?? 0,
    tenantName: row.tenant_name,
    timeZone: row.time_zone,
  };
}

/** Until when something that is billed now is to be paid. */
export function dueDate({ transferDays }: BillingRules, at: Date): Date {
  return new Date(at.getTime() + transferDays * 86_400_000);
}

export async function saveBillingRules(session: Session, rules: BillingRules): Promise<void> {
  const limits = Object.fromEntries(Array.from(rules.approvalOver, ([currency, over]) => [currency, String(over)]));
  await session.query({
    name: "billing-save-rules",
    text: `INSERT INTO billing_settings (tenant_id, reference_prefix, transfer_days, invoice_lead_days, grace_days, approval_over,
             bank_details, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (tenant_id) DO UPDATE SET reference_prefix = $2, transfer_days = $3, invoice_lead_days = $4, grace_days = $5,
             approval_over = $6, bank_details = $7, version = $8`,
    values: [
      session.tenantId,
      rules.referencePrefix,
      rules.transferDays,
      rules.invoiceLeadDays,
      rules.graceDays,
      JSON.stringify(limits),
      rules.bankDetails === null ? null : JSON.stringify(rules.bankDetails),
      rules.version,
    ],
  });
}
