import { createHash } from "node:crypto";
import type { Session } from "../db/session.ts";
import { type IdentityField, identityFields } from "./capture-candidate.ts";

/** An address that belongs to at most one lead: the primary key of lead_identity. */
export interface Identity {
  readonly field: IdentityField;
  readonly value: string;
}

const kinds = { externalId: "EXTERNAL_ID", email: "EMAIL", phone: "PHONE" } as const satisfies Record<
  IdentityField,
  string
>;
export type IdentityKind = (typeof kinds)[IdentityField];

export function kindOf(field: IdentityField): IdentityKind {
  return kinds[field];
}

export function identitiesOf(person: Readonly<Record<IdentityField, string | null>>): Identity[] {
  return identityFields.flatMap((field) => {
    const value = person[field];
    return value === null ? [] : [{ field, value }];
  });
}

/** A key for maps. Values hold no NUL: it is refused at the edge. */
export function identityKey({ field, value }: Identity): string {
  return `${kinds[field]}\0${value}`;
}

/** A tenant's addresses share this many locks, so that a batch of hundreds doesn't fill the server's table of locks. */
const locksPerTenant = 512n;

/**
 * Waits until no other transaction works on these addresses, and keeps others waiting until the commit. It saves work only
 * (two captures of a new person would both try to insert, and one would have to start again): the guarantee is the
 * primary key. Always in the order of the locks, so that two batches can't wait for each other.
 */
export async function lockIdentities(session: Session, identities: readonly Identity[]): Promise<void> {
  const base = digest(session.tenantId) >> 16n;
  const locks = new Set(
    identities.map((identity) => base * locksPerTenant + (digest(identityKey(identity)) % locksPerTenant)),
  );
  const sorted = [...locks].sort((a, b) => (a < b ? -1 : 1)).map(String);
  await session.query({
    name: "lead-identity-locks",
    text: "SELECT pg_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS key",
    values: [sorted],
  });
}

function digest(text: string): bigint {
  return createHash("sha256").update(text).digest().readBigUInt64BE() >> 1n;
}

const uniqueViolation = "23505";
const transient: ReadonlySet<unknown> = new Set(["40001", "40P01"]); // serialization failure, deadlock
const maxAttempts = 5;

/** Runs a transaction again when another one took an address, or a lead, at the same moment. */
export async function retryOnRace<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === maxAttempts || !isRace(error)) throw error;
    }
  }
}

function isRace(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  const isIdentityTaken =
    error.code === uniqueViolation && "constraint" in error && error.constraint === "lead_identity_pkey";
  return isIdentityTaken || transient.has(error.code);
}
