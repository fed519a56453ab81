import type { PaymentProvider } from "../../billing/payment-provider.port.ts";
import { byHand } from "./by-hand.ts";

const labels = {
  fr: { beneficiary: "Bénéficiaire", bank: "Banque", address: "Adresse" },
  en: { beneficiary: "Beneficiary", bank: "Bank", address: "Address" },
} as const;

/** A transfer to the tenant's account, which somebody of the team sees arrive and confirms. */
export const wiseTransfers: PaymentProvider = {
  ...byHand,
  name: "WISE",
  createCheckout: ({ paymentId, locale, bankDetails }) => {
    if (bankDetails === null) {
      const message = "There are no bank details to transfer to: set them with updateBillingSettings.";
      return Promise.resolve({ kind: "UNAVAILABLE", message });
    }
    const words = locale.startsWith("fr") ? labels.fr : labels.en;
    const { beneficiary, iban, bic, bank, address } = bankDetails;
    const lines = [
      { label: words.beneficiary, value: beneficiary },
      { label: "IBAN", value: iban },
      { label: "BIC", value: bic },
      { label: words.bank, value: bank },
      { label: words.address, value: address },
    ].flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
    return Promise.resolve({ kind: "INSTRUCTIONS", providerRef: paymentId, lines });
  },
};
