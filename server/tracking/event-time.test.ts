import { describe, expect, it } from "@jest/globals";
import { timesOf } from "./event-time.ts";

const receivedAt = new Date("2026-11-21T00:00:05.000Z");

function times(timestamp: unknown, sentAt?: unknown, messageId?: string) {
  const { time, day } = timesOf({ timestamp, sentAt, messageId }, receivedAt);
  return [time.toISOString(), day];
}

describe("the time of an event", () => {
  it.each([
    [
      "an hour before it was sent",
      ["2026-11-20T22:59:59Z", "2026-11-20T23:59:59Z"],
      "2026-11-20T23:00:05.000Z",
      "2026-11-20",
    ],
    [
      "by a clock in the future",
      ["2031-01-01T00:00:00Z", "2031-01-01T00:00:01Z"],
      "2026-11-21T00:00:04.000Z",
      "2031-01-01",
    ],
    ["by a clock of 1970", [10_000, 12_000], "2026-11-21T00:00:03.000Z", "1970-01-01"],
    ["without a time of sending", ["2026-11-01T12:00:00+02:00", undefined], "2026-11-01T10:00:00.000Z", "2026-11-01"],
    ["in the future, without a time of sending", ["2090-01-01", undefined], receivedAt.toISOString(), "2090-01-01"],
    ["after it was sent", ["2026-11-21T00:00:09Z", "2026-11-21T00:00:01Z"], receivedAt.toISOString(), "2026-11-21"],
    ["before anybody's time", ["1970-01-01", undefined], receivedAt.toISOString(), "1970-01-01"],
    ["no time", ["tomorrow", {}], receivedAt.toISOString(), "2026-11-21"],
    ["beyond all years", [8.64e15, undefined], receivedAt.toISOString(), "9999-12-31"],
    ["before all years", [-8.64e15, undefined], receivedAt.toISOString(), "0001-01-01"],
  ] as const)("%s", (_name, [timestamp, sentAt], time, day) => {
    expect(times(timestamp, sentAt)).toEqual([time, day]);
  });

  it("stands in a UUIDv7, where nothing else tells it", () => {
    const messageId = "01936f2e-1c00-7abc-8def-0123456789ab"; // 2024-11-27
    expect(times(undefined, undefined, messageId)[1]).toBe("2024-11-27");
    expect(times(undefined, undefined, messageId.replace("-7", "-4"))[1]).toBe("2026-11-21");
  });
});
