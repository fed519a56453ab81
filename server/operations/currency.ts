import type { Money } from "../../schema/money.ts";

// ISO 4217's minor units. Intl has CLDR's instead, which shows some currencies without the decimals that they have.
const decimalsOf: Readonly<Record<string, number>> = {
  ...each(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
  ...each(3, "BHD IQD JOD KWD LYD OMR TND"),
  ...each(4, "CLF UYW"),
};

const known = new Set([...Intl.supportedValuesOf("currency"), ...Object.keys(decimalsOf)]);

function each(decimals: number, currencies: string): Readonly<Record<string, number>> {
  return Object.fromEntries(currencies.split(" ").map((currency) => [currency, decimals]));
}

export function isCurrency(code: string): boolean {
  return known.has(code);
}

/** How many decimals a currency has: TND three, EUR two, XOF none. */
export function currencyDecimals(currency: string): number {
  return decimalsOf[currency] ?? 2;
}

/** `79000` of TND: `79.000`. */
export function formatMinor(amountMinor: bigint, currency: string): string {
  const decimals = currencyDecimals(currency);
  const sign = amountMinor < 0n ? "-" : "";
  const digits = String(amountMinor < 0n ? -amountMinor : amountMinor).padStart(decimals + 1, "0");
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

export function toMoney(amountMinor: bigint, currency: string): Money {
  return { amountMinor, currency, amount: formatMinor(amountMinor, currency) };
}
