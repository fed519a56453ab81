import "reflect-metadata";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { PaymentState } from "../../schema/payment.ts";
import { nextPaymentState, type PaymentEvent, wasCompleted } from "./payment-state.ts";

const states = Object.keys(PaymentState) as PaymentState[];
const events: readonly PaymentEvent[] = [
  ...(["START", "CONFIRM", "FAIL", "EXPIRE", "CANCEL", "LOSE_TRACK"] as const),
  ...(["REFUND_PART", "REFUND_ALL", "DISPUTE", "WIN_DISPUTE", "LOSE_DISPUTE"] as const),
];

describe("a payment", () => {
  // Written down a second time, from the facts: a change of the machine is a decision that shows here.
  it("takes these steps and no other", () => {
    const taken = states.flatMap((state) =>
      events.flatMap((event) => {
        const next = nextPaymentState(state, event);
        return next === null ? [] : [`${state} ${event} ${next}`];
      }),
    );
    expect(taken.toSorted()).toEqual(
      [
        "CREATED START PENDING",
        ...["CREATED", "PENDING", "UNKNOWN", "FAILED", "EXPIRED", "CANCELLED"].map(
          (from) => `${from} CONFIRM COMPLETED`,
        ),
        ...["CREATED", "PENDING", "UNKNOWN"].flatMap((from) => [`${from} FAIL FAILED`, `${from} EXPIRE EXPIRED`]),
        ...["CREATED", "PENDING"].flatMap((from) => [`${from} CANCEL CANCELLED`, `${from} LOSE_TRACK UNKNOWN`]),
        "UNKNOWN START PENDING",
        ...["COMPLETED", "PARTIALLY_REFUNDED"].flatMap((from) => [
          `${from} REFUND_PART PARTIALLY_REFUNDED`,
          `${from} REFUND_ALL REFUNDED`,
        ]),
        "COMPLETED DISPUTE DISPUTED",
        "DISPUTED WIN_DISPUTE COMPLETED",
        "DISPUTED LOSE_DISPUTE DISPUTE_LOST",
      ].toSorted(),
    );
  });

  it("is confirmed at most once, whatever happens to it in whatever order", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (history) => {
        let state: PaymentState = "CREATED";
        let grants = 0;
        for (const event of history) {
          const next = nextPaymentState(state, event);
          if (next === null) continue;
          if (event === "CONFIRM") grants += 1;
          // Once the money was taken, it stays said.
          expect(wasCompleted(next)).toBe(wasCompleted(state) || event === "CONFIRM");
          state = next;
        }
        expect(grants).toBe(wasCompleted(state) ? 1 : 0);
      }),
      { numRuns: 2_000 },
    );
  });
});
