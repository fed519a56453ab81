export const minimumPasswordLength = 10;
/** Far above what people type; keeps a caller from making us hash a megabyte. */
export const maximumPasswordLength = 256;

/** Why a new password isn't accepted; null when it is. Length counts, composition doesn't (NIST SP 800-63B §3.1.1.2). */
export function passwordProblem(password: string, email: string | null): string | null {
  const normalized = password.normalize("NFKC");
  const { length } = Array.from(normalized); // characters, not UTF-16 units
  if (length < minimumPasswordLength) return `The password needs at least ${minimumPasswordLength} characters.`;
  if (length > maximumPasswordLength) return `The password can have at most ${maximumPasswordLength} characters.`;
  if (email !== null && normalized.toLowerCase() === email.normalize("NFKC").toLowerCase()) {
    return "The password must not be the e-mail address.";
  }
  if (new Set(normalized).size === 1) return "The password must not be one character repeated.";
  return null;
}
