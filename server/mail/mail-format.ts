import { currencyDecimals } from "../operations/currency.ts";

/** Tells instants and amounts as the recipient writes them, in his time zone. */
export class MailFormat {
  readonly #locale: string;
  readonly #timeLocale: string;
  readonly #timeZone: string;

  constructor({ locale, timeZone }: { readonly locale: string; readonly timeZone: string }) {
    this.#locale = locale;
    // CLDR gives French in Tunisia a clock of twelve hours, which nobody writes there.
    this.#timeLocale = locale.startsWith("fr") ? new Intl.Locale(locale, { hourCycle: "h23" }).toString() : locale;
    this.#timeZone = timeZone;
  }

  /** `Tuesday 24 November 2026 at 14:00 (GMT+1)` */
  instant(text: string): string {
    return this.#format(text, { dateStyle: "full", timeStyle: "short" }) + ` (${this.#zoneName(text)})`;
  }

  /** `24 November 2026` */
  day(text: string): string {
    return this.#format(text, { dateStyle: "long" });
  }

  /** `14:00` */
  time(text: string): string {
    return this.#format(text, { timeStyle: "short" });
  }

  /** `November 2026` of `2026-11`: a name, in no time zone. */
  month(text: string): string {
    const middle = new Date(`${text}-15T12:00:00Z`);
    return new Intl.DateTimeFormat(this.#locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(middle);
  }

  /** With the currency's own number of decimals: TND has three, XOF none. */
  money({ amountMinor, currency }: { readonly amountMinor: string; readonly currency: string }): string {
    const decimals = currencyDecimals(currency); // ISO's: Intl shows some currencies without theirs
    const shown = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    const format = new Intl.NumberFormat(this.#locale, { style: "currency", currency, ...shown });
    // As a text: a number would lose digits of what doesn't fit in it.
    return format.format(pointed(amountMinor, decimals) as `${number}`);
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.#locale).format(value);
  }

  #format(text: string, style: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.#timeLocale, { ...style, timeZone: this.#timeZone }).format(new Date(text));
  }

  #zoneName(text: string): string {
    const parts = new Intl.DateTimeFormat(this.#locale, {
      timeZone: this.#timeZone,
      timeZoneName: "short",
    }).formatToParts(new Date(text));
    return parts.find(({ type }) => type === "timeZoneName")?.value ?? this.#timeZone;
  }
}

/** `79000` with three decimals: `79.000`. */
function pointed(minor: string, decimals: number): string {
  const sign = minor.startsWith("-") ? "-" : "";
  const digits = minor.slice(sign.length).padStart(decimals + 1, "0");
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
