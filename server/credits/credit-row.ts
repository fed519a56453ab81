import type {
  CreditAccount,
  CreditEntry,
  CreditEntryKind,
  CreditHold,
  CreditHoldState,
  CreditLot,
  CreditSource,
} from "../../schema/credit-account.ts";
import { toId } from "../operations/ids.ts";

/** An account as it is at an instant; a client who never had credits has an empty one. */
export interface AccountRow {
  readonly id: string;
  readonly balance: bigint;
  readonly held: bigint;
  readonly usable: bigint;
  readonly next_expiry: Date | null;
  readonly version: bigint;
}

export interface LotRow {
  readonly id: string;
  readonly account_id: string;
  readonly source: CreditSource;
  readonly granted: bigint;
  readonly remaining: bigint;
  readonly priority: number;
  readonly effective_at: Date;
  readonly expires_at: Date | null;
  /** As the database writes it: a cursor has to tell infinity. */
  readonly expires_text: string;
}

export interface HoldRow {
  readonly id: string;
  readonly account_id: string;
  readonly amount: bigint;
  readonly state: CreditHoldState;
  readonly held_at: Date;
  readonly ends_at: Date;
}

export interface EntryRow extends Omit<LotRow, "id"> {
  readonly id: string;
  readonly kind: CreditEntryKind;
  readonly amount: bigint;
  readonly balance_after: bigint;
  readonly at: Date;
  readonly version: bigint;
  readonly n: number;
  readonly txn_id: string;
  readonly reverses_id: string | null;
  readonly reason: string | null;
  readonly lot_id: string;
}

const lotFields = `l.account_id, l.source, l.granted, l.remaining, l.priority, l.effective_at,
  nullif(l.expires_at, 'infinity') AS expires_at, l.expires_at::text AS expires_text`;

export const lotColumns = `l.id, ${lotFields}`;
export const holdColumns = "h.id, h.account_id, h.amount, h.state, h.held_at, h.ends_at";
export const entryColumns = `e.id, t.kind, e.amount, e.balance_after, e.at, e.version, e.n, e.txn_id, t.reverses_id, t.reason,
  e.lot_id, ${lotFields}`;
export const entryTables = `ledger_entry e
  JOIN ledger_txn t ON t.tenant_id = e.tenant_id AND t.id = e.txn_id
  JOIN credit_lot l ON l.tenant_id = e.tenant_id AND l.id = e.lot_id`;

export function toAccount(row: AccountRow): CreditAccount {
  return {
    __typename: "CreditAccount",
    id: toId("CreditAccount", row.id),
    uuid: row.id,
    clientId: toId("Client", row.id),
    balance: row.balance,
    held: row.held,
    usable: row.usable,
    nextExpiry: row.next_expiry,
    version: row.version,
  };
}

export function toLot(row: LotRow): CreditLot {
  return {
    __typename: "CreditLot",
    id: toId("CreditLot", row.id),
    source: row.source,
    granted: row.granted,
    remaining: row.remaining,
    priority: row.priority,
    effectiveAt: row.effective_at,
    expiresAt: row.expires_at,
  };
}

export function toHold(row: HoldRow): CreditHold {
  return {
    __typename: "CreditHold",
    id: toId("CreditHold", row.id),
    amount: row.amount,
    state: row.state,
    heldAt: row.held_at,
    endsAt: row.ends_at,
  };
}

/** Reasons are written by the team for the team. */
export function toEntry(row: EntryRow, isTeam: boolean): CreditEntry {
  return {
    __typename: "CreditEntry",
    id: toId("CreditEntry", row.id),
    kind: row.kind,
    amount: row.amount,
    balanceAfter: row.balance_after,
    at: row.at,
    transactionId: toId("CreditTransaction", row.txn_id),
    reversesId: row.reverses_id === null ? null : toId("CreditTransaction", row.reverses_id),
    reason: isTeam ? row.reason : null,
    lot: toLot({ ...row, id: row.lot_id }),
  };
}
