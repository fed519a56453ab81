/** Crockford's base 32: no I, L, O or U, which are read as something else or make words. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 8;
const misread: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1" };

/** What people type on a transfer: `NX-7K3M9QF2-5`, of five random bytes. */
export function makeReference(prefix: string, random: Uint8Array): string {
  const bits = random.slice(0, 5).reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  const digits = Array.from({ length }, (_, index) => Number((bits >> BigInt(5 * (length - 1 - index))) & 31n));
  return `${prefix}-${digits.map((digit) => alphabet[digit]).join("")}-${alphabet[checkDigit(digits)]}`;
}

/** The reference that somebody means, however he types it; null when it has a mistake. */
export function readReference(prefix: string, text: string): string | null {
  const typed = plain(text);
  const start = plain(prefix);
  const body =
    typed.length === start.length + length + 1 && typed.startsWith(start) ? typed.slice(start.length) : typed;
  const digits = Array.from(body, (character) => alphabet.indexOf(character));
  if (digits.length !== length + 1 || digits.includes(-1)) return null;
  if (checkDigit(digits.slice(0, length)) !== digits[length]) return null;
  return `${prefix}-${body.slice(0, length)}-${body.slice(length)}`;
}

/** What stands before the nine characters, as it was typed. */
export function typedPrefix(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "")
    .slice(0, -(length + 1));
}

function plain(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "")
    .replaceAll(/[OIL]/g, (character) => misread[character] ?? character);
}

/**
 * A checksum over GF(32), so that the check character is one of the same 32: each place has another power of a generator as
 * its weight, which finds every single wrong character and every two that changed places.
 */
function checkDigit(digits: readonly number[]): number {
  return digits.reduce((sum, digit) => double(sum ^ digit), 0);
}

/** Times the generator x, modulo the primitive polynomial x^5 + x^2 + 1. */
function double(element: number): number {
  return element & 16 ? ((element << 1) ^ 0b100101) & 31 : element << 1;
}
