export const minuteMs = 60_000;
export const dayMs = 86_400_000;
const minutesOfDay = 1_440;

/** Minutes since midnight of "09:30", up to "24:00"; null when it isn't one. */
export function readClockTime(text: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const total = Number(hours) * 60 + Number(minutes);
  return total <= minutesOfDay ? total : null;
}

export function writeClockTime(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Days since 1970-01-01 of "2026-11-21"; null when there is no such date. Years 1970 to 9999. */
export function readDay(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(milliseconds) || milliseconds < 0) return null;
  const day = milliseconds / dayMs;
  return writeDay(day) === text ? day : null; // 2026-02-30 is read as 2 March
}

export function writeDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** 1 is Monday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Weeks begin on Monday. */
export function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** A distance from UTC in minutes: "+02:00". */
export function writeOffset(minutes: number): string {
  const distance = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(distance / 60))}:${two(distance % 60)}`;
}

export function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
