import pg from "pg";

const parseAny = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, "text") as (text: string) => Date;

/**
 * A timestamptz as PostgreSQL writes it in the zone UTC ("2026-11-21 10:02:38.625+00"), read in half the time of pg's own
 * parser. That one reads what looks different: another zone, a year before 1000 or after 9999, infinity.
 */
export function parseInstant(text: string): Date {
  const isOurs =
    text.charCodeAt(0) !== zero &&
    text.charCodeAt(10) === space &&
    text.charCodeAt(text.length - 3) === plus &&
    text.endsWith("00") &&
    text.length <= 29;
  if (!isOurs) return parseAny(text);
  const fraction = text.length > 22 ? Math.trunc(Number(text.slice(19, -3)) * 1_000 + 1e-6) : 0;
  return new Date(
    Date.UTC(four(text, 0), two(text, 5) - 1, two(text, 8), two(text, 11), two(text, 14), two(text, 17), fraction),
  );
}

const space = 32;
const plus = 43;
const zero = 48;

function two(text: string, at: number): number {
  return (text.charCodeAt(at) - zero) * 10 + text.charCodeAt(at + 1) - zero;
}

function four(text: string, at: number): number {
  return two(text, at) * 100 + two(text, at + 2);
}
