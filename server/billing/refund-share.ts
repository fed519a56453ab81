interface Credits {
  readonly taken: bigint;
  readonly owed: bigint;
  readonly withheld: bigint;
}

/**
 * What of its credits goes back with a payment's money: of all that it pays for, those of the months to come included, the same
 * share. What was paid beyond the price goes back first, and costs none. The months to come go without first (`withheld`), for they weren't used; the rest is taken from what was granted.
 */
export function shareRefund(options: {
  /** All that went back, with this refund. */
  readonly refundedMinor: bigint;
  readonly paidMinor: bigint;
  /** What was asked. Less may have been enough, and more been accepted. */
  readonly priceMinor: bigint;
  /** What it has granted so far. */
  readonly granted: bigint;
  /** What its period's months to come would grant if nothing had gone back. */
  readonly toCome: bigint;
  /** Of the refunds before. */
  readonly before: Credits;
}): { readonly withheld: bigint; readonly wanted: bigint } {
  const { refundedMinor, granted, toCome, before } = options;
  const paidMinor = least(options.paidMinor, options.priceMinor);
  const tooMuch = options.paidMinor - paidMinor;
  const ofPrice = refundedMinor > tooMuch ? refundedMinor - tooMuch : 0n;
  const outstanding = least(before.withheld, toCome);
  const all = granted + toCome + (before.withheld - outstanding);
  const share = ofPrice >= paidMinor ? all : (all * ofPrice) / paidMinor;
  const due = share - before.taken - before.owed - before.withheld;
  if (due <= 0n) return { withheld: 0n, wanted: 0n };
  const withheld = least(due, toCome - outstanding);
  return { withheld, wanted: due - withheld };
}

/** How many of a month's credits come when so many of the period's don't: its last months go without first. */
export function creditsOfMonth(options: {
  readonly monthly: bigint;
  /** Months of the period after this one. */
  readonly monthsAfter: number;
  readonly withheld: bigint;
}): bigint {
  const { monthly, monthsAfter, withheld } = options;
  const missing = withheld - monthly * BigInt(monthsAfter);
  return missing <= 0n ? monthly : monthly - least(missing, monthly);
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
