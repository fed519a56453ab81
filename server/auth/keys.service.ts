import type { Transaction } from "../journal/journal.service.ts";
import { newUuid } from "../operations/uuid.ts";
import { type IssuedToken, issueToken } from "./opaque-token.ts";

export interface NewKey {
  readonly kind: "SECRET" | "PUBLISHABLE";
  readonly name: string;
  readonly scopes: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly expiresAt: Date | null;
  readonly createdById: string | null;
}

/** Writes a key as a part of a transaction. The text exists in the answer only. */
export async function insertKey(transaction: Transaction, key: NewKey): Promise<{ id: string; token: IssuedToken }> {
  const { tenantId } = transaction;
  const id = newUuid();
  const token = issueToken(key.kind, { tenantId, rowId: id });
  await transaction.prisma.apiKey.create({
    data: {
      tenantId,
      id,
      ...key,
      scopes: [...key.scopes],
      allowedOrigins: [...key.allowedOrigins],
      secretHash: token.hash,
      lastFour: token.lastFour,
    },
  });
  const { kind, name, scopes, allowedOrigins, expiresAt } = key;
  transaction.record({
    type: "key.created",
    subjectType: "ApiKey",
    subjectId: id,
    data: { kind, name, scopes, allowedOrigins, expiresAt, lastFour: token.lastFour },
  });
  return { id, token };
}
