/** The name as it is stored, or null when it can't be one: empty, longer than 200 characters, or with control characters. */
export function normalizeName(text: string): string | null {
  const name = text.trim().normalize("NFC");
  const { length } = [...name];
  return length >= 1 && length <= 200 && !/\p{Cc}/u.test(name) ? name : null;
}
