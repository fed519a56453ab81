import { dayMs, minuteMs } from "./clock-time.ts";

export interface BookingWindowRule {
  readonly minimumNoticeMin: number;
  readonly bookingWindowDays: number;
}

/** When sessions that are booked now may start: [from, to). Days of 24 hours, so that the end is the same for everybody. */
export function bookingWindow(rule: BookingWindowRule, now: Date): { readonly from: number; readonly to: number } {
  return {
    from: now.getTime() + rule.minimumNoticeMin * minuteMs,
    to: now.getTime() + rule.bookingWindowDays * dayMs,
  };
}
