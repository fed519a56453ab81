import type { Session } from "../db/session.ts";

/** A mail that tells a client of credits that expire soon. */
export interface ExpiryMail {
  readonly kind: "CREDITS_EXPIRING";
  /** One mail for each. */
  readonly cause: string;
  readonly to: string;
  readonly toName: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly data: {
    readonly name: string;
    readonly credits: number;
    readonly expiresAt: string;
    readonly daysLeft: number;
  };
}

/** The outbox, as far as credits need it. */
export interface CreditMails {
  /** Queued in the transaction of what it tells of. False: there is a mail for this cause. */
  queue(tx: Session, mail: ExpiryMail): Promise<boolean>;
}
