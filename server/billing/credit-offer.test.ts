import { describe, expect, it } from "@jest/globals";
import { chooseOffer } from "./credit-offer.ts";

const pack = (id: string, credits: bigint, amountMinor = credits * 10n, currency = "TND") => ({
  id,
  credits,
  amount_minor: amountMinor,
  currency,
});
const plan = (id: string, credits: bigint, amountMinor: bigint, { interval = "MONTH", currency = "TND" } = {}) => ({
  id,
  credits_per_month: credits,
  amount_minor: amountMinor,
  interval,
  currency,
});
const nobody = { packs: [], plans: [], present: null, currency: null };

describe("what is offered for missing credits", () => {
  it("is the smallest pack that covers them, the cheaper of two", () => {
    const packs = [pack("ten", 10n), pack("five", 5n, 60n), pack("cheap five", 5n, 50n), pack("one", 1n)];
    expect(chooseOffer({ ...nobody, missing: 3n, packs })).toMatchObject({ pack: { id: "cheap five" }, count: 1 });
    expect(chooseOffer({ ...nobody, missing: 5n, packs })).toMatchObject({ pack: { id: "cheap five" }, count: 1 });
    expect(chooseOffer({ ...nobody, missing: 6n, packs })).toMatchObject({ pack: { id: "ten" }, count: 1 });
  });

  it("is the largest pack as often as it takes when none covers them", () => {
    const packs = [pack("ten", 10n), pack("five", 5n)];
    expect(chooseOffer({ ...nobody, missing: 21n, packs })).toMatchObject({ pack: { id: "ten" }, count: 3 });
  });

  it("is in the currency in which the client pays, if something is sold in it", () => {
    const packs = [pack("dinars", 5n), pack("euros", 20n, 100n, "EUR")];
    expect(chooseOffer({ ...nobody, missing: 2n, packs, currency: "EUR" })).toMatchObject({ pack: { id: "euros" } });
    expect(chooseOffer({ ...nobody, missing: 2n, packs, currency: "XOF" })).toMatchObject({ pack: { id: "dinars" } });
  });

  it("is a plan when no packs are sold: the cheapest whose month covers them", () => {
    const plans = [plan("large", 8n, 300n), plan("small", 4n, 180n), plan("none", 0n, 79n)];
    expect(chooseOffer({ ...nobody, missing: 4n, plans })).toMatchObject({ kind: "PLAN", plan: { id: "small" } });
    expect(chooseOffer({ ...nobody, missing: 20n, plans })).toMatchObject({ kind: "PLAN", plan: { id: "large" } });
  });

  it("is a plan that begins as soon as it is paid", () => {
    const present = plan("small", 4n, 180n);
    const plans = [
      present,
      plan("large", 8n, 300n),
      plan("year", 20n, 2_000n, { interval: "YEAR" }),
      plan("euros", 20n, 500n, { currency: "EUR" }),
    ];
    expect(chooseOffer({ ...nobody, missing: 2n, plans, present })).toMatchObject({ plan: { id: "large" } });
    const free = plan("free", 0n, 0n, { currency: "EUR" });
    expect(chooseOffer({ ...nobody, missing: 9n, plans, present: free })).toMatchObject({ plan: { id: "euros" } });
  });

  it("is nothing when nothing that is sold helps", () => {
    const present = plan("large", 8n, 300n);
    expect(chooseOffer({ ...nobody, missing: 1n, plans: [plan("none", 0n, 79n), present], present })).toBeNull();
  });
});
