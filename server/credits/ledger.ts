import pg from "pg";
import type { Session } from "../db/session.ts";
import type { Actor } from "../journal/entry.ts";
import type { JournalType } from "../journal/journal-types.ts";
import type { Committed, JournalService, Scope, Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import { newUuid } from "../operations/uuid.ts";
import { findAccounts } from "./credit-store.ts";
import { callLedger, type LedgerFunction, type Move, type MoveRow, readMoves } from "./ledger-move.ts";
import { toLedgerRefusal } from "./ledger-refusal.ts";

// Moves of credits, for services that make them part of their own transaction. Each is one SQL function called once, which
// holds all the rules, and one entry of the journal. What can't be throws LedgerRefusal, which ends the transaction: catch
// it around journal.mutate. A key names the cause (`purchase:<payment id>`): the same one moves nothing twice.

/** What every move tells. Ids are uuids. */
interface MoveInput {
  /** When it happens: the clock's now. */
  readonly at: Date;
  /** On whose behalf: the scope's. */
  readonly actor: Actor;
  readonly reason?: string | null;
}

interface KeyedMoveInput extends MoveInput {
  readonly clientId: string;
  readonly amount: bigint;
  /** At most 255 characters; of the whole tenant. */
  readonly key: string;
}

export type GrantKind = "MONTHLY_ALLOCATION" | "PURCHASE" | "PROMO";

export interface GrantInput extends KeyedMoveInput {
  readonly kind: GrantKind;
  /** Default: now. */
  readonly effectiveAt?: Date | null;
  /** Default: never; `expiryOf` has the tenant's rule. */
  readonly expiresAt: Date | null;
  /** Smaller ones are used first, before what expires sooner. Default: 0. */
  readonly priority?: number;
  /** What it belongs to, such as a payment's id. */
  readonly reference?: string | null;
}

export interface SpendInput extends KeyedMoveInput {
  readonly reference?: string | null;
}

export interface HoldInput extends KeyedMoveInput {
  /** When the credits go back by themselves, should nobody settle the hold. */
  readonly endsAt: Date;
  /** What they are held for, such as `booking:<uuid>`. */
  readonly subject?: string | null;
}

/** A change by hand: less than zero takes usable credits away. */
export interface AdjustInput extends KeyedMoveInput {
  readonly reason: string;
  readonly expiresAt: Date | null;
}

export interface TransferInput extends KeyedMoveInput {
  readonly toClientId: string;
}

/** What becomes of credits whose lot has expired meanwhile: they come back to expire again, as a new lot, or not at all. */
export type ReturnPolicy =
  { readonly kind: "RESTORE" } | { readonly kind: "FORFEIT" } | { readonly kind: "EXTEND"; readonly until: Date };

export interface SettleInput extends MoveInput {
  readonly holdId: string;
}

export interface VoidInput extends SettleInput {
  /** Default: RESTORE. FORFEIT is the same here: what has expired is never usable again. */
  readonly policy?: ReturnPolicy;
}

export interface RefundInput extends MoveInput {
  /** The transaction of a spend or of a posted hold. */
  readonly spendId: string;
  readonly policy?: ReturnPolicy;
}

/** What becomes of a plan's unused credits when its period turns. */
export type Rollover =
  { readonly kind: "NONE" } | { readonly kind: "FULL" } | { readonly kind: "CAP"; readonly credits: bigint };

export interface RolloverInput extends Omit<MoveInput, "reason"> {
  readonly clientId: string;
  readonly key: string;
  readonly rollover: Rollover;
  /** Allocations that became effective before it are looked at. */
  readonly turn: Date;
}

/** Opens a client's account, if that wasn't done before. The account has the client's id. Grants do it by themselves. */
export async function accountOf(tx: Session, clientId: string): Promise<string> {
  await tx.query({ name: "credit-account", text: "SELECT credit_account_open($1)", values: [clientId] });
  return clientId;
}

/** How many credits a client can use at an instant. */
export async function usableOf(session: Session, clientId: string, at: Date): Promise<bigint> {
  const [account] = await findAccounts(session, [clientId], at);
  return account?.usable ?? 0n;
}

/** Credits come in as a lot of their own. */
export function grant(tx: Transaction, input: GrantInput): Promise<Move> {
  const { clientId, amount, kind, key, at, actor, effectiveAt, expiresAt, priority, reason, reference } = input;
  return move(
    tx,
    "credit_grant",
    [clientId, amount, kind, key, at, actor, effectiveAt, expiresAt, priority, reason, reference],
    { type: "credits.granted", kind, reference, expiresAt, reason },
  );
}

/** Uses credits up at once. Throws INSUFFICIENT_CREDITS. */
export function spend(tx: Transaction, input: SpendInput): Promise<Move> {
  const { clientId, amount, key, at, actor, reason, reference } = input;
  return move(tx, "credit_spend", [clientId, amount, key, at, actor, reason, reference], {
    type: "credits.spent",
    kind: "USAGE",
    reference,
    reason,
  });
}

/**
 * A spend that is all of its transaction: the account, which all who spend from it wait for, is locked for no round trip.
 * Throws INSUFFICIENT_CREDITS.
 */
export async function spendAlone(
  journal: JournalService,
  scope: Omit<Scope, "once">,
  input: Omit<SpendInput, "actor">,
): Promise<Committed<Move>> {
  const { clientId, amount, key, at, reason = null, reference = null } = input;
  const { actor, requestId } = scope;
  const id = newUuid();
  const told = { kind: "USAGE", reference, transactionId: toId("CreditTransaction", id) };
  const entry = {
    ...{ type: "credits.spent", subjectType: "CreditAccount", subjectId: clientId, actor, requestId },
    data: Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null)),
    ...personalOf(reason),
  };
  const values = [id, clientId, amount, key, at, actor, reason, reference, entry].map(toLiteral).join(", ");
  try {
    const { result, position } = await journal.call<MoveRow>(
      scope,
      `SELECT (called.moved).*, called.position FROM credit_spend_alone(${values}) AS called`,
    );
    const [moved] = readMoves([result]);
    if (moved === undefined) throw new Error("a spend told nothing");
    return { result: moved, position };
  } catch (error) {
    throw toLedgerRefusal(error);
  }
}

/** Reserves credits: they can be posted or voided, and nobody else can use them. Throws INSUFFICIENT_CREDITS. */
export function hold(tx: Transaction, input: HoldInput): Promise<Move> {
  const { clientId, amount, key, at, actor, endsAt, subject } = input;
  return move(tx, "credit_hold", [clientId, amount, key, at, actor, endsAt, subject], {
    type: "credits.held",
    kind: "HOLD",
    subject,
    endsAt,
  });
}

/** Uses up what was held. Throws HOLD_SETTLED when it was voided or its end has passed. */
export function postHold(tx: Transaction, { holdId, at, actor, reason }: SettleInput): Promise<Move> {
  return move(tx, "credit_post", [holdId, at, actor, reason], { type: "credits.posted", kind: "USAGE", reason });
}

/** Lets go of what was held, back into the same lots. Throws HOLD_SETTLED when it was posted or its end was booked. */
export function voidHold(tx: Transaction, { holdId, at, actor, reason, policy }: VoidInput): Promise<Move> {
  return move(tx, "credit_void", [holdId, at, actor, reason, ...toPolicy(policy)], {
    type: "credits.voided",
    kind: "VOID",
    reason,
  });
}

/** Gives a spend back, once, on the same lots with their expiry. Throws EXPIRED when FORFEIT leaves nothing to give. */
export function refund(tx: Transaction, { spendId, at, actor, reason, policy }: RefundInput): Promise<Move> {
  return move(tx, "credit_refund", [spendId, at, actor, reason, ...toPolicy(policy)], {
    type: "credits.refunded",
    kind: "REFUND",
    reverses: toId("CreditTransaction", spendId),
    reason,
  });
}

/** A correction. Throws INSUFFICIENT_CREDITS when more is taken than is usable. */
export function adjust(tx: Transaction, input: AdjustInput): Promise<Move> {
  const { clientId, amount, key, at, actor, reason, expiresAt } = input;
  return move(tx, "credit_adjust", [clientId, amount, key, at, actor, reason, expiresAt], {
    type: "credits.adjusted",
    kind: "ADJUSTMENT",
    isTaken: amount < 0n,
    expiresAt,
    reason,
  });
}

/** Moves credits to another client's account, of which the second of the results tells; a repeated request tells the first only. */
export async function transfer(tx: Transaction, input: TransferInput): Promise<Move[]> {
  const { clientId, toClientId, amount, key, at, actor, reason } = input;
  const moves = await callLedger(tx, "credit_transfer", [clientId, toClientId, amount, key, at, actor, reason ?? null]);
  for (const each of moves) {
    const isTaken = each.clientId === clientId;
    const other = toId("CreditAccount", isTaken ? toClientId : clientId);
    record(tx, each, { type: "credits.transferred", kind: "TRANSFER", isTaken, otherAccountId: other, reason });
  }
  return moves;
}

/** Books what a plan's rule doesn't carry over into the next period; undefined when that is nothing. */
export async function rollOver(tx: Transaction, input: RolloverInput): Promise<Move | undefined> {
  const { clientId, rollover, turn, key, at, actor } = input;
  const cap = rollover.kind === "CAP" ? rollover.credits : null;
  const [booked] = await callLedger(tx, "credit_rollover", [clientId, rollover.kind, cap, turn, key, at, actor]);
  if (booked !== undefined)
    record(tx, booked, { type: "credits.expired", kind: "EXPIRATION", reason: "not carried over" });
  return booked;
}

export interface TakeBackInput extends KeyedMoveInput {
  /** The transaction of the grant whose payment went back. */
  readonly grantId: string;
  readonly reason: string;
}

/** Takes back what is left of a grant, at most so much; undefined when that is nothing. What was used stays used. */
export async function takeBack(tx: Transaction, input: TakeBackInput): Promise<Move | undefined> {
  const { clientId, grantId, amount, key, at, actor, reason } = input;
  const [booked] = await callLedger(tx, "credit_take_back", [clientId, grantId, amount, key, at, actor, reason]);
  if (booked !== undefined) record(tx, booked, { type: "credits.adjusted", kind: "ADJUSTMENT", isTaken: true, reason });
  return booked;
}

/** What of due work one call does. */
export interface DueInput {
  readonly at: Date;
  /** At most so many lots or holds. */
  readonly most: number;
  /** Of this account only. */
  readonly clientId?: string | null;
}

/** Books lots that have expired. They are unusable since their instant, whenever this runs. */
export async function expire(tx: Transaction, { at, most, clientId = null }: DueInput): Promise<Move[]> {
  const moves = await callLedger(tx, "credit_expire", [at, most, system, clientId]);
  for (const each of moves) record(tx, each, { type: "credits.expired", kind: "EXPIRATION" });
  return moves;
}

/** Lets go of holds whose end has come. */
export async function expireHolds(tx: Transaction, { at, most, clientId = null }: DueInput): Promise<Move[]> {
  const moves = await callLedger(tx, "credit_expire_holds", [at, most, system, clientId]);
  for (const each of moves) record(tx, each, { type: "credits.voided", kind: "HOLD_EXPIRATION" });
  return moves;
}

const system: Actor = { type: "SYSTEM" };

export interface Told {
  readonly type: JournalType;
  readonly kind: string;
  readonly reason?: string | null | undefined;
  readonly [detail: string]: unknown;
}

async function move(tx: Transaction, name: LedgerFunction, values: readonly unknown[], told: Told): Promise<Move> {
  const [moved] = await callLedger(
    tx,
    name,
    values.map((value) => value ?? null),
  );
  if (moved === undefined) throw new Error(`${name} told nothing`);
  record(tx, moved, told);
  return moved;
}

/** For functions of other domains that move credits themselves, too: the entry that tells of it. */
export function recordMove(tx: Transaction, moved: Move, told: Told): void {
  record(tx, moved, told);
}

/** Amounts are far below 2^53 (the functions see to it), so JSON's numbers hold them. */
function record(tx: Transaction, moved: Move, { type, reason, ...details }: Told): void {
  if (!moved.isNew) return;
  const told = Object.entries(details).filter(([, value]) => value != null);
  tx.record({
    type,
    subjectType: "CreditAccount",
    subjectId: moved.clientId,
    data: {
      ...Object.fromEntries(told),
      transactionId: toId("CreditTransaction", moved.transactionId),
      ...(moved.holdId === null ? {} : { holdId: toId("CreditHold", moved.holdId) }),
      amount: Number(moved.amount),
      at: moved.at,
      balance: Number(moved.balance),
      held: Number(moved.held),
      version: Number(moved.version),
    },
    ...personalOf(reason),
  });
}

/** What somebody wrote may tell of a person, and is forgotten with him. */
function personalOf(reason: string | null | undefined): { personal?: { reason: string } } {
  return reason == null ? {} : { personal: { reason } };
}

/** For a statement that takes no parameters. */
function toLiteral(value: string | bigint | Date | object | null): string {
  if (value === null) return "NULL";
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  return pg.escapeLiteral(typeof value === "object" ? JSON.stringify(value) : String(value));
}

function toPolicy(policy: ReturnPolicy = { kind: "RESTORE" }): [string, Date | null] {
  return [policy.kind, policy.kind === "EXTEND" ? policy.until : null];
}
