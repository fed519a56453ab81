import type { CreditChangeType } from "../../schema/credit-balance-changed.ts";
import { CreditEntryKind } from "../../schema/credit-account.ts";
import type { JournalRecord } from "../journal/entry.ts";

/** What a journal entry says of a move of credits. */
export interface CreditChange {
  readonly type: CreditChangeType;
  readonly kind: CreditEntryKind | null;
  /** Whose account it is; uuid. */
  readonly clientId: string;
  readonly amount: bigint;
  /** The account just after it. */
  readonly balance: bigint;
  readonly held: bigint;
  readonly version: bigint;
  /** Public ids, as the entry has them. */
  readonly transactionId: string;
  readonly holdId: string | null;
}

type Types = CreditChangeType | { readonly in: CreditChangeType; readonly out: CreditChangeType };

const changeTypes: Readonly<Record<string, Types>> = {
  "credits.granted": "GRANTED",
  "credits.spent": "SPENT",
  "credits.held": "HELD",
  "credits.posted": "POSTED",
  "credits.voided": "VOIDED",
  "credits.refunded": "REFUNDED",
  "credits.expired": "EXPIRED",
  "credits.transferred": { in: "TRANSFERRED_IN", out: "TRANSFERRED_OUT" },
  "credits.adjusted": { in: "ADJUSTED_UP", out: "ADJUSTED_DOWN" },
};

export const creditEntryTypes = Object.keys(changeTypes);

/** Null: the entry isn't about a move. */
export function creditChangeOf({ type, subjectId, data }: JournalRecord): CreditChange | null {
  const types = changeTypes[type];
  if (types === undefined) return null;
  const changeType = typeof types === "string" ? types : types[data["isTaken"] === true ? "out" : "in"];
  const isReservation = changeType === "HELD" || changeType === "VOIDED";
  return {
    type: changeType,
    kind: isReservation ? null : readKind(data["kind"]),
    clientId: subjectId,
    amount: magnitude(BigInt(Number(data["amount"]))),
    balance: BigInt(Number(data["balance"])),
    held: BigInt(Number(data["held"])),
    version: BigInt(Number(data["version"])),
    transactionId: String(data["transactionId"]),
    holdId: typeof data["holdId"] === "string" ? data["holdId"] : null,
  };
}

function readKind(kind: unknown): CreditEntryKind | null {
  return Object.values(CreditEntryKind).find((each) => each === kind) ?? null;
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}
