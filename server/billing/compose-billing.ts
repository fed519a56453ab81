import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { Feed } from "../journal/feed.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { deriveKey } from "../operations/derive-key.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { SignedLinks } from "../operations/signed-link.ts";
import type { StandingRights } from "../operations/standing-principal.ts";
import type { PeopleService } from "../people/people.service.ts";
import type { BillingMails } from "./billing-mail.port.ts";
import { BillingSettingsService } from "./billing-settings.service.ts";
import { BillingSweep } from "./billing-sweep.ts";
import { CatalogueResolver } from "./catalogue.resolver.ts";
import { CatalogueService } from "./catalogue.service.ts";
import { ConfirmationsService } from "./confirmations.service.ts";
import { CreditOffersService } from "./credit-offers.service.ts";
import {
  ClientInvoicesResolver,
  InvoicesResolver,
  PaymentInvoiceResolver,
  SubscriptionInvoicesResolver,
} from "./invoices.resolver.ts";
import { InvoicesService } from "./invoices.service.ts";
import { PaymentFeedsResolver } from "./payment-feeds.resolver.ts";
import { PaymentProofResolver, PaymentProofsResolver } from "./payment-proofs.resolver.ts";
import { PaymentProofsService } from "./payment-proofs.service.ts";
import type { PaymentProvider } from "./payment-provider.port.ts";
import { paymentUpdatedFeed } from "./payment-updated-feed.ts";
import { PaymentsResolver } from "./payments.resolver.ts";
import { PaymentsService } from "./payments.service.ts";
import { PurchasesService } from "./purchases.service.ts";
import { ReceiptVoidsService } from "./receipt-voids.service.ts";
import { ReceivablesResolver } from "./receivables.resolver.ts";
import { ReceivablesService } from "./receivables.service.ts";
import { settleReleased } from "./settle-released.ts";
import { SubscriptionChangesService } from "./subscription-changes.service.ts";
import { SubscriptionsResolver } from "./subscriptions.resolver.ts";
import { SubscriptionsService } from "./subscriptions.service.ts";

export interface BillingOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
  readonly mails: BillingMails;
  readonly rights: StandingRights;
  readonly secret: string;
  readonly clock: Clock;
  /** The server's address, known when it listens. */
  readonly url: () => string;
  /** The ways to be paid that there are. */
  readonly providers: readonly PaymentProvider[];
}

export interface BillingPartsMade {
  /** Takes and hands out files, for routes of their own. */
  readonly proofs: PaymentProofsService;
  /** What other domains may ask. */
  readonly offers: CreditOffersService;
  readonly nodeSources: readonly NodeSource[];
  /** By the name of the subscription field. */
  readonly subscriptions: ReadonlyMap<string, Feed>;
  readonly sweeps: readonly Sweep[];
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
}

/** Puts together what belongs to plans, packs, subscriptions and payments. */
export function composeBilling(options: BillingOptions): BillingPartsMade {
  const parts = { ...options, providers: new Map(options.providers.map((provider) => [provider.name, provider])) };
  const catalogue = new CatalogueService(parts);
  const subscriptions = new SubscriptionsService(parts);
  const payments = new PaymentsService(parts);
  const invoices = new InvoicesService(parts);
  const proofs = new PaymentProofsService({
    ...parts,
    payments,
    uploadLinks: new SignedLinks(deriveKey(options.secret, "payment-proof-upload")),
    downloadLinks: new SignedLinks(deriveKey(options.secret, "payment-proof-download")),
  });
  const services = {
    payments,
    purchases: new PurchasesService(parts),
    confirmations: new ConfirmationsService(parts),
    voids: new ReceiptVoidsService(parts),
    settings: new BillingSettingsService(parts),
  };
  for (const type of ["credits.voided", "credits.refunded"]) options.journal.react(type, settleReleased);
  return {
    offers: new CreditOffersService(),
    proofs,
    nodeSources: [
      { type: "Plan", action: "catalogue:read", byIds: (context, ids) => catalogue.plansByIds(context, ids) },
      { type: "Pack", action: "catalogue:read", byIds: (context, ids) => catalogue.packsByIds(context, ids) },
      { type: "PlanSubscription", action: "billing:read", byIds: (context, ids) => subscriptions.byIds(context, ids) },
      { type: "Invoice", action: "billing:read", byIds: (context, ids) => invoices.byIds(context, ids) },
      { type: "Payment", action: "billing:read", byIds: (context, ids) => payments.byIds(context, ids) },
      { type: "PaymentReceipt", action: "billing:read", byIds: (context, ids) => payments.receiptsByIds(context, ids) },
      { type: "PaymentProof", action: "billing:read", byIds: (context, ids) => proofs.byIds(context, ids) },
      { type: "PaymentRefund", action: "billing:read", byIds: (context, ids) => payments.refundsByIds(context, ids) },
    ],
    subscriptions: new Map([["paymentUpdated", paymentUpdatedFeed({ ...parts, payments, subscriptions })]]),
    sweeps: [new BillingSweep(parts)],
    resolvers: new Map<unknown, object>([
      [CatalogueResolver, new CatalogueResolver(catalogue)],
      [SubscriptionsResolver, new SubscriptionsResolver(subscriptions, new SubscriptionChangesService(parts))],
      [PaymentFeedsResolver, new PaymentFeedsResolver()],
      [PaymentsResolver, new PaymentsResolver(services)],
      [PaymentProofsResolver, new PaymentProofsResolver(proofs)],
      [PaymentProofResolver, new PaymentProofResolver(proofs)],
      [InvoicesResolver, new InvoicesResolver(invoices)],
      [PaymentInvoiceResolver, new PaymentInvoiceResolver(invoices)],
      [SubscriptionInvoicesResolver, new SubscriptionInvoicesResolver(invoices)],
      [ReceivablesResolver, new ReceivablesResolver(new ReceivablesService(parts))],
      [ClientInvoicesResolver, new ClientInvoicesResolver(invoices)],
    ]),
  };
}
