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
