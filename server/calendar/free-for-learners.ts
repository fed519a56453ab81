import { BusyTimes } from "./busy-times.ts";
import { minuteMs } from "./clock-time.ts";
import type { Claim } from "./coach-calendar.ts";
import type { SessionTypeRow } from "./session-type-row.ts";

/** Whether learners have nothing else in a session's time and buffers. Ask about starts in their order. */
export function freeForLearners(
  type: Pick<SessionTypeRow, "durationMin" | "bufferBeforeMin" | "bufferAfterMin">,
  learners: readonly (readonly Claim[])[],
): (start: number) => boolean {
  if (learners.length === 0) return () => true;
  const busy = learners.map((claims) => new BusyTimes(claims));
  return (start) => {
    const begin = start - type.bufferBeforeMin * minuteMs;
    const end = start + (type.durationMin + type.bufferAfterMin) * minuteMs;
    return busy.every((times) => times.isFree(begin, end));
  };
}
