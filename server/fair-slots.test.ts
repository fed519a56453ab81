import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import { FairSlots, type FairSlotsOptions } from "./fair-slots.ts";
import { interestOf } from "./operations/tenant-turns.ts";

const refused = new Error("refused");

function slots(options: Partial<FairSlotsOptions> = {}): FairSlots {
  const defaults = {
    total: 4,
    perOwner: 3,
    perOwnerWhenShared: 3,
    isCrowded: () => true,
    maxWaitingPerOwner: 100,
    refuseAfterMs: 0,
    waitMs: 200,
  };
  return new FairSlots({ ...defaults, refusal: () => refused, ...options });
}

/** Takes a place and notes when it is there. */
function takeInto(order: string[], places: FairSlots, owner: string, interest?: AbortController): Promise<void> {
  const taken = places.take(owner, interest && interestOf(interest)) ?? Promise.resolve();
  return taken.then(() => void order.push(owner));
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("FairSlots", () => {
  it("leaves a part to the others, whatever one owner wants", async () => {
    const places = slots();
    const order: string[] = [];
    const wishes = Array.from({ length: 10 }, () => takeInto(order, places, "a"));
    await turn();
    expect(order).toEqual(["a", "a", "a"]);
    await takeInto(order, places, "b");
    expect(order).toEqual(["a", "a", "a", "b"]);
    const outcomes = await Promise.allSettled(wishes);
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(7);
  });

  it("gives free places in turns, not in the order of asking", async () => {
    const places = slots({ total: 1, perOwner: 1, waitMs: 60_000 });
    const order: string[] = [];
    for (let wish = 0; wish < 5; wish += 1) void takeInto(order, places, "a");
    for (let wish = 0; wish < 2; wish += 1) void takeInto(order, places, "b");
    void takeInto(order, places, "c");
    for (let wish = 0; wish < 8; wish += 1) {
      await turn();
      places.give(order.at(-1) ?? "");
    }
    await turn();
    expect(order.slice(0, 4).toSorted()).toEqual(["a", "a", "b", "c"]);
    expect(order).toHaveLength(8);
    expect(order.filter((owner) => owner === "a")).toHaveLength(5);
    expect(order.slice(-2)).toEqual(["a", "a"]);
    expect(places.waiting).toBe(0);
  });

  it("refuses at once what would wait behind too many, and after a while what waited in vain", async () => {
    const places = slots({ total: 1, maxWaitingPerOwner: 1, waitMs: 20 });
    expect(places.take("a")).toBeUndefined();
    const outcomes = await Promise.allSettled([places.take("a"), places.take("a")]);
    expect(outcomes).toEqual([
      { status: "rejected", reason: refused },
      { status: "rejected", reason: refused },
    ]);
    expect(places.waiting).toBe(0);
    places.give("a");
    expect(places.take("a")).toBeUndefined();
  });

  it("gives one owner less while others come, and all again when they have stopped", async () => {
    const places = slots({ total: 10, perOwner: 3, perOwnerWhenShared: 1, waitMs: 2_000 });
    const order: string[] = [];
    await Promise.all([takeInto(order, places, "a"), takeInto(order, places, "a"), takeInto(order, places, "b")]);
    const waiting = takeInto(order, places, "a");
    places.give("a");
    await turn();
    expect(order).toEqual(["a", "a", "b"]); // one of a's is left, which is its part
    places.give("a");
    await waiting;
    await sleep(600);
    await takeInto(order, places, "a");
    expect(places.waiting).toBe(0);
  });

  it("lets an owner rest as long as it has worked while others come, and only then", async () => {
    const places = slots({ total: 10, perOwner: 1, waitMs: 2_000 });
    void places.take("a");
    const second = places.take("a");
    places.give("a", 80);
    await second; // alone: at once
    void places.take("b");
    const third = places.take("a");
    const begunAt = performance.now();
    places.give("a", 80);
    await third;
    expect(performance.now() - begunAt).toBeGreaterThan(70);
  });

  it("puts refusals off, so that refusing isn't what the process does all the time", async () => {
    const places = slots({ total: 1, maxWaitingPerOwner: 0, refuseAfterMs: 100 });
    void places.take("a");
    const begunAt = performance.now();
    await expect(places.take("a")).rejects.toBe(refused);
    expect(performance.now() - begunAt).toBeGreaterThan(40);
  });

  it("forgets a wish that nobody has any more", async () => {
    const places = slots({ total: 1, waitMs: 60_000 });
    void places.take("a");
    const gone = new AbortController();
    const order: string[] = [];
    const given = takeInto(order, places, "a", gone);
    const next = takeInto(order, places, "b");
    const reason = new Error("gone");
    gone.abort(reason);
    await expect(given).rejects.toBe(reason);
    places.give("a");
    await next;
    expect(order).toEqual(["b"]);
  });

  it("never gives more than there are, and loses none", async () => {
    const places = slots({ total: 5, perOwner: 3, waitMs: 60_000 });
    const held = new Map<string, number>();
    let most = 0;
    const work = async (owner: string, turns: number) => {
      await places.take(owner);
      held.set(owner, (held.get(owner) ?? 0) + 1);
      most = Math.max(
        most,
        [...held.values()].reduce((sum, count) => sum + count, 0),
      );
      expect(held.get(owner)).toBeLessThanOrEqual(3);
      for (let waited = 0; waited < turns; waited += 1) await turn();
      held.set(owner, (held.get(owner) ?? 0) - 1);
      places.give(owner);
    };
    const owners = ["a", "b", "c", "d"];
    await Promise.all(Array.from({ length: 200 }, (_, index) => work(owners[(index * 7) % 4] ?? "", (index * 13) % 5)));
    expect(most).toBe(5);
    expect(places.waiting).toBe(0);
    for (let place = 0; place < 3; place += 1) expect(places.take("a")).toBeUndefined();
  });
});
