import type { Session } from "../db/session.ts";

interface Letter {
  /** What the mail tells of; a tenant has one mail for each cause. */
  readonly cause: string;
  readonly to: string;
  readonly toName: string;
  readonly locale: string;
  readonly timeZone: string;
}

/** What people are told when they get a login, or have one already. */
export type PeopleMail =
  | (Letter & { readonly kind: "WELCOME"; readonly data: { readonly name: string; readonly link: string } })
  | (Letter & { readonly kind: "EMAIL_CHANGE"; readonly data: { readonly name: string; readonly link: string } })
  | (Letter & { readonly kind: "DUPLICATE_ENROLMENT" | "EMAIL_CHANGED"; readonly data: { readonly name: string } });

/** Takes a mail in the transaction of what it tells of. */
export interface PeopleMails {
  queue(transaction: Session, mail: PeopleMail): Promise<boolean>;
}
