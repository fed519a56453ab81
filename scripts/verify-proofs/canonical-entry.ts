import { z } from "zod";

const canonical = z.tuple([
  z.guid(),
  z.int().positive(),
  z.guid(),
  z.string(),
  z.string(),
  z.guid(),
  z.record(z.string(), z.unknown()),
  z.string(),
  z.int(),
  z.record(z.string(), z.unknown()),
  z.string().nullable(),
]);

/** What the hashed text of an entry says. */
export interface CanonicalEntry {
  readonly tenantUuid: string;
  readonly position: number;
  readonly uuid: string;
  readonly type: string;
  readonly requestId: string;
  /** What the personal data was committed by; null when the entry never had any. */
  readonly commitment: string | null;
}

export function readCanonical(text: string): CanonicalEntry | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = canonical.safeParse(value);
  if (!parsed.success) return null;
  const [tenantUuid, position, uuid, type, , , , requestId, , , commitment] = parsed.data;
  return { tenantUuid, position, uuid, type, requestId, commitment };
}
