import { expect, it } from "@jest/globals";
import { plainAddress } from "./request-context.ts";

it.each([
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::FFFF:192.0.2.1", "192.0.2.1"],
  ["192.0.2.1", "192.0.2.1"],
  ["2001:db8::ffff:1", "2001:db8::ffff:1"],
  ["::1", "::1"],
])("takes the caller at %s for %s", (address, plain) => {
  expect(plainAddress(address)).toBe(plain);
});
