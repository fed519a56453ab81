import type { PaymentProviderName } from "../../schema/payment.ts";
import type { Actor } from "../journal/entry.ts";
import type { PeopleService } from "../people/people.service.ts";
import type { BillingMails } from "./billing-mail.port.ts";
import type { PaymentProvider } from "./payment-provider.port.ts";

/** What billing's transactions are made with. */
export interface BillingParts {
  readonly people: PeopleService;
  readonly mails: BillingMails;
  readonly providers: ReadonlyMap<PaymentProviderName, PaymentProvider>;
}

/** When something happens, and on whose behalf. */
export interface Moment {
  readonly at: Date;
  readonly actor: Actor;
}
