import { Temporal } from "temporal-polyfill";

/** What a clock time in a zone stands for. */
export type LocalStart =
  | { readonly kind: "INSTANT"; readonly instant: Date }
  /** The clocks skip it. */
  | { readonly kind: "GAP" }
  /** The clocks show it twice: the caller has to say which by its instant. */
  | { readonly kind: "FOLD"; readonly instants: readonly [Date, Date] }
  /** No local time, or no zone. */
  | { readonly kind: "MALFORMED" };

/** Reads "2027-03-28T14:00" on the clocks of a zone. */
export function readLocalStart(text: string, timeZone: string): LocalStart {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:00)?$/.test(text)) return { kind: "MALFORMED" };
  try {
    const local = Temporal.PlainDateTime.from(text, { overflow: "reject" });
    const earlier = local.toZonedDateTime(timeZone, { disambiguation: "earlier" });
    const later = local.toZonedDateTime(timeZone, { disambiguation: "later" });
    if (!earlier.toPlainDateTime().equals(local)) return { kind: "GAP" };
    const instants = [new Date(earlier.epochMilliseconds), new Date(later.epochMilliseconds)] as const;
    return earlier.epochMilliseconds === later.epochMilliseconds
      ? { kind: "INSTANT", instant: instants[0] }
      : { kind: "FOLD", instants };
  } catch (error) {
    if (error instanceof RangeError) return { kind: "MALFORMED" };
    throw error;
  }
}
