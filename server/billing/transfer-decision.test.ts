import { expect, it } from "@jest/globals";
import { decideTransfer } from "./transfer-decision.ts";

const expected = { amountMinor: 179_000n, currency: "TND" };
const tnd = (amountMinor: bigint) => ({ amountMinor, currency: "TND" });

it.each([
  ["nothing", [], null, "AWAITING_TRANSFER"],
  ["all of it", [tnd(179_000n)], null, "CONFIRMED"],
  ["all of it, at the limit of one person", [tnd(179_000n)], 179_000n, "CONFIRMED"],
  ["all of it, over the limit of one person", [tnd(179_000n)], 178_999n, "RECEIVED"],
  ["less", [tnd(178_999n)], null, "PARTIAL"],
  ["the rest", [tnd(178_999n), tnd(1n)], null, "CONFIRMED"],
  ["the rest, over the limit in sum", [tnd(100_000n), tnd(79_000n)], 100_000n, "RECEIVED"],
  ["more", [tnd(179_001n)], null, "MISMATCH"],
  ["another currency", [{ amountMinor: 179_000n, currency: "EUR" }], null, "MISMATCH"],
  ["another currency beside it", [tnd(179_000n), { amountMinor: 1n, currency: "EUR" }], null, "MISMATCH"],
] as const)("makes of %s what it is", (_what, receipts, approvalOver, state) => {
  expect(decideTransfer({ expected, receipts, approvalOver })).toBe(state);
});
