/** What the reason of a deprecation says: `Use email. Removal 2027-10-01.` */
export interface DeprecationReason {
  /** What to do instead. */
  readonly instead: string;
  /** From this day on the member may be gone: the first day of a quarter, as YYYY-MM-DD. */
  readonly removal: string;
}

const form = /^(?<instead>Use .+\.) Removal (?<removal>\d{4}-(?:01|04|07|10)-01)\.$/s;

/** Undefined when the reason doesn't have the form that docs/guides/deprecation.md promises. */
export function readDeprecationReason(reason: string): DeprecationReason | undefined {
  const { instead, removal } = form.exec(reason)?.groups ?? {};
  return instead === undefined || removal === undefined ? undefined : { instead, removal };
}
