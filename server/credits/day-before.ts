const dayMs = 86_400_000;

/** What one person may move alone is counted from then on. */
export function dayBefore(now: Date): Date {
  return new Date(now.getTime() - dayMs);
}
