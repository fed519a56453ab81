import type { Session } from "../db/session.ts";

/** A tenant's rules for credits, and the zone that its months are counted in. */
export interface CreditRules {
  /** A correction beyond it needs a second person. */
  readonly approvalOver: bigint;
  readonly expiresAfterMonths: number;
  readonly version: number;
  readonly timeZone: string;
}

/** Until somebody changes them the defaults hold, as version 0. Locked, nobody else changes them until the transaction's end. */
export async function loadCreditRules(
  session: Session,
  { isLocked = false }: { readonly isLocked?: boolean } = {},
): Promise<CreditRules> {
  const [row] = await session.query<{
    approval_over: bigint | null;
    expires_after_months: number | null;
    version: number | null;
    time_zone: string;
  }>({
    name: isLocked ? "credit-rules-locked" : "credit-rules",
    text: `SELECT s.approval_over, s.expires_after_months, s.version, t.time_zone
           FROM tenant t LEFT JOIN credit_settings s ON s.tenant_id = t.id WHERE t.id = $1${isLocked ? " FOR UPDATE OF t" : ""}`,
    values: [session.tenantId],
  });
  if (row === undefined) throw new Error("the tenant doesn't exist");
  return {
    approvalOver: row.approval_over ?? 100n,
    expiresAfterMonths: row.expires_after_months ?? 12,
    version: row.version ?? 0,
    timeZone: row.time_zone,
  };
}

export async function saveCreditRules(session: Session, rules: CreditRules): Promise<void> {
  await session.query({
    name: "credit-save-rules",
    text: `INSERT INTO credit_settings (tenant_id, approval_over, expires_after_months, version) VALUES ($1, $2, $3, $4)
           ON CONFLICT (tenant_id) DO UPDATE SET approval_over = $2, expires_after_months = $3, version = $4`,
    values: [session.tenantId, rules.approvalOver, rules.expiresAfterMonths, rules.version],
  });
}
