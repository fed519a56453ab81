import { expect, it } from "@jest/globals";
import { uuid } from "./uuid.ts";

it("makes ids of version 7 that differ and sort as they were made, also within a millisecond", () => {
  const nowMs = Date.UTC(2026, 10, 21, 9);
  const ids = Array.from({ length: 3_000 }, (_, index) => uuid(nowMs + Math.floor(index / 1_000)));
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
  expect(Number.parseInt((ids[0] ?? "").replace("-", "").slice(0, 12), 16)).toBe(nowMs);
});
