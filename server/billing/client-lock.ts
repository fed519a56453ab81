import type { Session } from "../db/session.ts";

/**
 * What is bought, paid and renewed for one client happens one after the other: a payment, its subscription and its credits
 * belong to each other, and whoever locks them in another order would wait for ever. Taken before any of them is read.
 */
export async function lockClient(session: Session, clientId: string): Promise<void> {
  await session.query({
    name: "billing-lock-client",
    text: "SELECT pg_advisory_xact_lock(hashtextextended('billing' || $1 || $2, 0))",
    values: [session.tenantId, clientId],
  });
}

/** The same for who has locked something of the client's already: false when another one is at work. */
export async function tryLockClient(session: Session, clientId: string): Promise<boolean> {
  const [row] = await session.query<{ is_locked: boolean }>({
    name: "billing-try-lock-client",
    text: "SELECT pg_try_advisory_xact_lock(hashtextextended('billing' || $1 || $2, 0)) AS is_locked",
    values: [session.tenantId, clientId],
  });
  return row?.is_locked ?? false;
}
