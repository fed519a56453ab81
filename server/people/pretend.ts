import type { Transaction } from "../journal/journal.service.ts";

/**
 * Does the same work for nothing, so that the time it takes doesn't tell strangers who is known: what is written is undone, and
 * the journal isn't told.
 */
export async function pretend(transaction: Transaction, work: (silent: Transaction) => Promise<void>): Promise<void> {
  const silent: Transaction = {
    tenantId: transaction.tenantId,
    query: (statement) => transaction.query(statement),
    get prisma() {
      return transaction.prisma;
    },
    record: () => undefined,
  };
  await transaction.query({ text: "SAVEPOINT pretended" });
  await work(silent);
  await transaction.query({ text: "ROLLBACK TO SAVEPOINT pretended" });
}
