import type { Session } from "../db/session.ts";

interface Recipient {
  /** One mail for each. */
  readonly cause: string;
  readonly to: string;
  readonly toName: string;
  readonly locale: string;
  readonly timeZone: string;
}

export interface MoneyText {
  /** In the minor unit. */
  readonly amountMinor: string;
  readonly currency: string;
}

/** What clients are told about what they pay. */
export type BillingMail = Recipient &
  (
    | {
        readonly kind: "PAYMENT_INSTRUCTIONS";
        readonly data: {
          readonly name: string;
          readonly amount: MoneyText;
          readonly purpose: string;
          readonly reference: string;
          readonly expiresAt: string;
          readonly details: { readonly label: string; readonly value: string }[];
        };
      }
    | {
        readonly kind: "PAYMENT_CONFIRMED";
        readonly data: {
          readonly name: string;
          readonly amount: MoneyText;
          /** What came, where that isn't the amount: one sum for each currency. */
          readonly received: MoneyText[];
          readonly purpose: string;
          readonly reference: string;
        };
      }
    | {
        readonly kind: "PAYMENT_EXPIRED";
        readonly data: {
          readonly name: string;
          readonly amount: MoneyText;
          readonly purpose: string;
          readonly reference: string;
        };
      }
    | {
        readonly kind: "PAYMENT_PARTIAL";
        readonly data: {
          readonly name: string;
          readonly received: MoneyText;
          readonly missing: MoneyText;
          readonly purpose: string;
          readonly reference: string;
        };
      }
    | {
        readonly kind: "PAYMENT_REFUNDED";
        readonly data: {
          readonly name: string;
          /** What goes back this time. */
          readonly amount: MoneyText;
          /** Credits that went with it. */
          readonly credits: number;
          readonly purpose: string;
          readonly reference: string;
        };
      }
    | {
        readonly kind: "SUBSCRIPTION_CANCELLED";
        readonly data: {
          readonly name: string;
          readonly plan: string;
          /** Until when it runs; null: it has ended. */
          readonly endsAt: string | null;
        };
      }
    | {
        readonly kind: "SUBSCRIPTION_ACTIVATED";
        readonly data: {
          readonly name: string;
          readonly plan: string;
          readonly credits: number;
          readonly periodEndsAt: string;
        };
      }
  );

/** The outbox, as far as billing needs it. */
export interface BillingMails {
  /** Queued in the transaction of what it tells of. False: there is a mail for this cause. */
  queue(tx: Session, mail: BillingMail): Promise<boolean>;
}
