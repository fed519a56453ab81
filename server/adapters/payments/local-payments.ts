import type { PaymentProvider } from "../../billing/payment-provider.port.ts";
import { byHand } from "./by-hand.ts";

const labels = { fr: ["Où payer", "À l'accueil de"], en: ["Where to pay", "At the desk of"] } as const;

/** Cash, a cheque or a transfer at the tenant's own desk. */
export const localPayments: PaymentProvider = {
  ...byHand,
  name: "LOCAL",
  createCheckout: ({ paymentId, locale, tenantName }) => {
    const [label, at] = locale.startsWith("fr") ? labels.fr : labels.en;
    return Promise.resolve({
      kind: "INSTRUCTIONS",
      providerRef: paymentId,
      lines: [{ label, value: `${at} ${tenantName}` }],
    });
  },
};
