import { minuteMs } from "../calendar/clock-time.ts";

const opensBeforeMin = 10;

export interface JoinWindow {
  readonly opensAt: Date;
  readonly closesAt: Date;
}

/** When the link of a session is given out: from 10 minutes before its start to its end. */
export function joinWindow({ startsAt, endsAt }: { readonly startsAt: Date; readonly endsAt: Date }): JoinWindow {
  return { opensAt: new Date(startsAt.getTime() - opensBeforeMin * minuteMs), closesAt: endsAt };
}

export function isOpen({ opensAt, closesAt }: JoinWindow, now: Date): boolean {
  return opensAt <= now && now < closesAt;
}
