import { expect, test } from "@jest/globals";
import { runStorm } from "../../test/booking/booking-storm.ts";

// `npm run sim:booking` runs 60 rounds of these, test/booking/booking-race.test.ts as many below the API.
test("32 bookings at once of overlapping hours have one winner, also while others roll back, and none meets a deadlock", async () => {
  const rounds = 6;
  const { winners, codes, ...counts } = await runStorm({ rounds, bookings: 32 });
  expect(winners).toEqual(Array(rounds).fill(1));
  expect(Object.keys(codes).every((code) => ["SLOT_TAKEN", "INSIDE_BUFFER", "LEARNER_BUSY"].includes(code))).toBe(true);
  expect(counts).toEqual({ overlaps: 0, deadlocks: 0, held: rounds, booked: rounds });
}, 120_000);
