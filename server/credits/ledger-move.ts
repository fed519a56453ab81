import type { Session } from "../db/session.ts";
import { toLedgerRefusal } from "./ledger-refusal.ts";

/** What a move came to: the account just after it. */
export interface Move {
  readonly transactionId: string;
  /** False: its key says that it had happened before, and this is what was answered then. */
  readonly isNew: boolean;
  /** Whose account it is. */
  readonly clientId: string;
  readonly holdId: string | null;
  readonly amount: bigint;
  readonly at: Date;
  readonly version: bigint;
  readonly balance: bigint;
  readonly held: bigint;
}

/** A row of credit_move; all are null when nothing moved. */
export interface MoveRow {
  readonly transaction_id: string | null;
  readonly is_new: boolean;
  readonly client_id: string;
  readonly hold_id: string | null;
  readonly amount: bigint;
  readonly at: Date;
  readonly version: bigint;
  readonly balance: bigint;
  readonly held: bigint;
}

export type LedgerFunction =
  | "credit_grant"
  | "credit_spend"
  | "credit_adjust"
  | "credit_hold"
  | "credit_post"
  | "credit_void"
  | "credit_refund"
  | "credit_transfer"
  | "credit_rollover"
  | "credit_take_back"
  | "credit_expire"
  | "credit_expire_holds";

/** Calls one of the ledger's functions, with one round trip. Throws LedgerRefusal. */
export async function callLedger(session: Session, name: LedgerFunction, values: readonly unknown[]): Promise<Move[]> {
  const placeholders = values.map((_, index) => `$${index + 1}`).join(", ");
  try {
    const rows = await session.query<MoveRow>({ name, text: `SELECT * FROM ${name}(${placeholders})`, values });
    return readMoves(rows);
  } catch (error) {
    throw toLedgerRefusal(error);
  }
}

export function readMoves(rows: readonly MoveRow[]): Move[] {
  return rows.flatMap((row) => (row.transaction_id === null ? [] : [toMove(row, row.transaction_id)]));
}

function toMove(row: MoveRow, transactionId: string): Move {
  return {
    transactionId,
    isNew: row.is_new,
    clientId: row.client_id,
    holdId: row.hold_id,
    amount: row.amount,
    at: row.at,
    version: row.version,
    balance: row.balance,
    held: row.held,
  };
}
