import type { BankDetailsInput } from "../../schema/billing-settings.ts";
import { normalizeName } from "../operations/names.ts";
import type { BankDetails } from "./payment-provider.port.ts";

/** The details as they are shown; null when one has a mistake. */
export function readBankDetails(input: BankDetailsInput): BankDetails | null {
  const beneficiary = normalizeName(input.beneficiary);
  const iban = input.iban.toUpperCase().replaceAll(/\s/g, "");
  const bic = input.bic == null ? null : input.bic.toUpperCase().replaceAll(/\s/g, "");
  const bank = input.bank == null ? null : normalizeName(input.bank);
  const address = input.address?.trim() ?? null;
  if (beneficiary === null || !isIban(iban) || (bic !== null && !/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)))
    return null;
  if ((input.bank != null && bank === null) || (address !== null && (address.length > 500 || address.includes("\0"))))
    return null;
  return { beneficiary, iban, bic, bank, address };
}

/** ISO 13616: letters are numbers from 10 on, the first four characters come last, and the remainder by 97 is 1. */
function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) return false;
  const digits = Array.from(iban.slice(4) + iban.slice(0, 4), (character) => String(parseInt(character, 36))).join("");
  return BigInt(digits) % 97n === 1n;
}
