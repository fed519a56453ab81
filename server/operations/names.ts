/** The name as it is stored, or null when it can't be one: empty, longer than 200 characters, or with control characters. */
export function normalizeName(text: string): string | null {
  const name = text.trim().normalize("NFC");
  const { length } = Array.from(name); // characters, not UTF-16 units
  return length >= 1 && length <= 200 && !/\p{Cc}/u.test(name) ? name : null;
}
