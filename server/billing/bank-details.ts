import type { BankDetailsInput } from "../../schema/billing-settings.ts";
import { normalizeName } from "../operations/names.ts";
import type { BankDetails } from "./payment-provider.port.ts";

/** A field of the input that has a mistake, and which. */
interface Mistake {
  readonly field: keyof BankDetails;
  readonly mistake: string;
}

/** The details as they are shown, or the first mistake. */
export function readBankDetails(input: BankDetailsInput): BankDetails | Mistake {
  const beneficiary = normalizeName(input.beneficiary);
  const iban = input.iban.toUpperCase().replaceAll(/\s/g, "");
  const bic = input.bic == null ? null : input.bic.toUpperCase().replaceAll(/\s/g, "");
  const bank = input.bank == null ? null : normalizeName(input.bank);
  const address = input.address?.trim() ?? null;
  if (beneficiary === null) return { field: "beneficiary", mistake: "The beneficiary has 1 to 200 characters." };
  if (!isIban(iban))
    return { field: "iban", mistake: "The IBAN has a mistake: its form, or check digits that don't fit the rest." };
  if (bic !== null && !/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic))
    return { field: "bic", mistake: "A BIC has 8 or 11 letters and digits, six letters first." };
  if (input.bank != null && bank === null) return { field: "bank", mistake: "The bank has 1 to 200 characters." };
  if (address !== null && (address.length > 500 || address.includes("\0")))
    return { field: "address", mistake: "The address has at most 500 characters." };
  return { beneficiary, iban, bic, bank, address };
}

/** ISO 13616: letters are numbers from 10 on, the first four characters come last, and the remainder by 97 is 1. */
function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) return false;
  const digits = Array.from(iban.slice(4) + iban.slice(0, 4), (character) => String(parseInt(character, 36))).join("");
  return BigInt(digits) % 97n === 1n;
}
