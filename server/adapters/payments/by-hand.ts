import type {
  ProviderCapabilities,
  ProviderStatus,
  RefundVerdict,
  WebhookVerdict,
} from "../../billing/payment-provider.port.ts";

/** What ways have in common that somebody of the team confirms: no network, no webhooks. */
export const byHand = {
  capabilities: {
    currencies: null,
    subscriptions: false,
    refunds: false,
    webhookTrust: "NONE",
    confirmedBy: "STAFF",
  } satisfies ProviderCapabilities,
  /** Only people know. */
  fetchStatus: (): Promise<ProviderStatus> =>
    Promise.resolve({ state: "PENDING", amountMinor: null, currency: null, reference: null, account: null, raw: "" }),
  verifyWebhook: (): Promise<WebhookVerdict> => Promise.resolve({ ok: false, reason: "it sends no webhooks" }),
  refund: (): Promise<RefundVerdict> => Promise.resolve({ kind: "BY_HAND" }),
} as const;
