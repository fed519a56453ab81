import type { PaymentProviderName } from "../../schema/payment.ts";

/** A line of what a client is told: where the money goes. */
export interface InstructionLine {
  readonly label: string;
  readonly value: string;
}

/** Where a tenant's transfers go. */
export interface BankDetails {
  readonly beneficiary: string;
  readonly iban: string;
  readonly bic: string | null;
  readonly bank: string | null;
  readonly address: string | null;
}

export interface CheckoutRequest {
  /** Whose account takes the money: one provider serves all tenants, each with keys of its own. */
  readonly tenantId: string;
  /** Our payment's id: also the provider's idempotency key, so that a repeated request makes nothing twice. */
  readonly paymentId: string;
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly description: string;
  readonly expiresAt: Date;
  /** Who pays: most pages of providers ask for it otherwise. */
  readonly payer: { readonly name: string; readonly email: string };
  /** The client's, for words. */
  readonly locale: string;
  readonly tenantName: string;
  readonly bankDetails: BankDetails | null;
}

export type Checkout =
  | { readonly kind: "REDIRECT"; readonly url: string; readonly providerRef: string }
  | { readonly kind: "INSTRUCTIONS"; readonly lines: readonly InstructionLine[]; readonly providerRef: string }
  /** It can't be used, and what has to be done about it. */
  | { readonly kind: "UNAVAILABLE"; readonly message: string };

export interface ProviderStatus {
  /** Anything that the provider says and we don't know is PENDING: the janitor decides later. */
  readonly state: "PENDING" | "PAID" | "FAILED" | "EXPIRED";
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly reference: string | null;
  /** The account that received it. */
  readonly account: string | null;
  /** For the log. */
  readonly raw: string;
}

export interface WebhookRequest {
  /** Told by the address, so that its secret is known before the body is read. */
  readonly tenantId: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they came: signatures are over them. */
  readonly body: Uint8Array;
  readonly query: Readonly<Record<string, string | undefined>>;
}

/** A webhook is a hint: it is kept and answered, and then the provider is asked. It never grants. */
export type WebhookVerdict =
  | { readonly ok: false; readonly reason: string }
  | {
      readonly ok: true;
      readonly eventId: string;
      readonly providerRef: string;
      readonly kind: string;
      readonly occurredAt: Date | null;
    };

export type RefundVerdict =
  | { readonly kind: "DONE"; readonly providerRef: string | null }
  | { readonly kind: "PENDING"; readonly providerRef: string }
  /** Somebody has to send the money back himself. */
  | { readonly kind: "BY_HAND" }
  | { readonly kind: "REFUSED"; readonly message: string };

export interface ProviderCapabilities {
  /** Null: whatever the tenant charges in. */
  readonly currencies: readonly string[] | null;
  readonly subscriptions: boolean;
  readonly refunds: boolean;
  readonly webhookTrust: "SIGNED" | "HINT" | "NONE";
  /** Who says that the money is there. STAFF: nothing of it needs a network, so it is called inside a transaction. */
  readonly confirmedBy: "STAFF" | "PROVIDER";
}

/** A way to be paid. One file each in server/adapters/payments. */
export interface PaymentProvider {
  readonly name: PaymentProviderName;
  readonly capabilities: ProviderCapabilities;
  createCheckout(request: CheckoutRequest): Promise<Checkout>;
  fetchStatus(payment: { readonly tenantId: string; readonly providerRef: string }): Promise<ProviderStatus>;
  verifyWebhook(request: WebhookRequest): Promise<WebhookVerdict>;
  /** The key makes a repeated request the same refund. A time-out is thrown: nobody knows then whether it was made. */
  refund(refund: {
    readonly tenantId: string;
    readonly providerRef: string;
    readonly amountMinor: bigint;
    readonly currency: string;
    readonly key: string;
  }): Promise<RefundVerdict>;
}
