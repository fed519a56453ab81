import pg from "pg";

/** What the SQL functions refuse with, by SQLSTATE (migration ledger_functions). */
const codes = {
  LG001: "INSUFFICIENT_CREDITS",
  LG002: "KEY_REUSED",
  LG003: "INVALID",
  LG004: "NOT_FOUND",
  LG005: "HOLD_SETTLED",
  LG006: "EXPIRED",
} as const;

/** Constraints that say the same as one of those. */
const constraints: Readonly<Record<string, LedgerRefusalCode>> = {
  ledger_account_tenant_id_owner_id_fkey: "NOT_FOUND",
  credit_balance_most: "INVALID",
};

export type LedgerRefusalCode = (typeof codes)[keyof typeof codes];

/** What is missing, told with INSUFFICIENT_CREDITS. */
export interface Shortfall {
  readonly required: bigint;
  readonly usable: bigint;
  /** When the first of the usable credits expire; null: never. */
  readonly nextExpiry: Date | null;
}

/**
 * A move that can't be. PostgreSQL has given up the transaction by then, so it is thrown through it and caught where the
 * transaction was begun: with it nothing was written.
 */
export class LedgerRefusal extends Error {
  override readonly name = "LedgerRefusal";
  readonly code: LedgerRefusalCode;
  readonly shortfall: Shortfall | null;

  constructor(code: LedgerRefusalCode, shortfall: Shortfall | null, cause: pg.DatabaseError) {
    super(cause.message, { cause });
    this.code = code;
    this.shortfall = shortfall;
  }
}

/** The refusal that a statement's error stands for; the error itself when it stands for none. Also for functions that call the ledger's. */
export function toLedgerRefusal(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const code = codes[error.code as keyof typeof codes] ?? constraints[error.constraint ?? ""];
  return code === undefined ? error : new LedgerRefusal(code, readShortfall(code, error.detail), error);
}

function readShortfall(code: LedgerRefusalCode, detail: string | undefined): Shortfall | null {
  if (code !== "INSUFFICIENT_CREDITS" || detail === undefined) return null;
  const { required, usable, nextExpiry } = JSON.parse(detail) as {
    required: number;
    usable: number;
    nextExpiry: string | null;
  };
  return {
    required: BigInt(required),
    usable: BigInt(usable),
    nextExpiry: nextExpiry === null ? null : new Date(nextExpiry),
  };
}
