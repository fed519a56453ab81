/** The code that Node and PostgreSQL give their errors; the error's text where there is none. */
export function errorCode(error: unknown): string {
  const hasCode = typeof error === "object" && error !== null && "code" in error;
  return hasCode && typeof error.code === "string" ? error.code : String(error);
}
