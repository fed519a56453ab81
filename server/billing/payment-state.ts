import type { PaymentState } from "../../schema/payment.ts";

/** What can happen to a payment. */
export type PaymentEvent =
  /** The client was told how to pay. */
  | "START"
  /** The money is there: said by the team, or by the provider when it was asked. */
  | "CONFIRM"
  | "FAIL"
  | "EXPIRE"
  | "CANCEL"
  /** The provider didn't answer: nobody knows. */
  | "LOSE_TRACK"
  | "REFUND_PART"
  | "REFUND_ALL"
  | "DISPUTE"
  | "WIN_DISPUTE"
  | "LOSE_DISPUTE";

const open = { CONFIRM: "COMPLETED", FAIL: "FAILED", EXPIRE: "EXPIRED", LOSE_TRACK: "UNKNOWN" } as const;
/** The money came late, but it came: it is honoured. */
const late = { CONFIRM: "COMPLETED" } as const;
const paid = { REFUND_PART: "PARTIALLY_REFUNDED", REFUND_ALL: "REFUNDED" } as const;

const steps: Readonly<Record<PaymentState, Partial<Readonly<Record<PaymentEvent, PaymentState>>>>> = {
  CREATED: { ...open, START: "PENDING", CANCEL: "CANCELLED" },
  PENDING: { ...open, CANCEL: "CANCELLED" },
  // Not cancelled: the money may be on its way.
  UNKNOWN: { CONFIRM: "COMPLETED", FAIL: "FAILED", EXPIRE: "EXPIRED", START: "PENDING" },
  FAILED: late,
  EXPIRED: late,
  CANCELLED: late,
  COMPLETED: { ...paid, DISPUTE: "DISPUTED" },
  PARTIALLY_REFUNDED: paid,
  REFUNDED: {},
  DISPUTED: { WIN_DISPUTE: "COMPLETED", LOSE_DISPUTE: "DISPUTE_LOST" },
  DISPUTE_LOST: {},
};

/** The state after an event; null when the event can't happen then. */
export function nextPaymentState(state: PaymentState, event: PaymentEvent): PaymentState | null {
  return steps[state][event] ?? null;
}

/** Whether the money was taken, whatever became of it later: what is confirmed again changes nothing. */
export function wasCompleted(state: PaymentState): boolean {
  switch (state) {
    case "COMPLETED":
    case "PARTIALLY_REFUNDED":
    case "REFUNDED":
    case "DISPUTED":
    case "DISPUTE_LOST":
      return true;
    case "CREATED":
    case "PENDING":
    case "UNKNOWN":
    case "FAILED":
    case "EXPIRED":
    case "CANCELLED":
      return false;
  }
}
