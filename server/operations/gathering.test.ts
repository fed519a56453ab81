import { expect, test } from "@jest/globals";
import { Gathering, type Outcome, PutOff } from "./gathering.ts";

/** Doubles numbers, and answers no more than the first few. */
function doubling(answered = Infinity) {
  const calls: (readonly number[])[] = [];
  const doAll = (items: readonly number[]): Promise<Outcome<number>[]> => {
    calls.push(items);
    return Promise.resolve(items.map((item, index) => (index < answered ? { result: item * 2 } : undefined)));
  };
  return { calls, doAll };
}

test("does all at once when everybody has arrived or left, in the order of the places", async () => {
  const { calls, doAll } = doubling();
  const gathering = new Gathering(4);
  const last = gathering.place(3).arrive(30, doAll);
  const first = gathering.place(0).arrive(0, doAll);
  gathering.leave(1);
  await Promise.resolve();
  expect(calls).toEqual([]);
  const third = gathering.place(2).arrive(20, doAll);
  expect(await Promise.all([first, third, last])).toEqual([0, 40, 60]);
  expect(calls).toEqual([[0, 20, 30]]);
  expect(gathering.firstPutOff).toBe(Infinity);
});

test("one that arrived may leave when it ends; when nobody arrives nothing is done", async () => {
  const { calls, doAll } = doubling();
  const gathering = new Gathering(2);
  const done = gathering.place(0).arrive(1, doAll);
  gathering.leave(0);
  gathering.leave(1);
  expect(await done).toBe(2);
  gathering.leave(1);
  expect(calls).toEqual([[1]]);
  new Gathering(1).leave(0);
});

test("those that weren't done are told to come again, and who met an error gets it", async () => {
  const { doAll } = doubling(1);
  const gathering = new Gathering(3);
  const arrivals = [0, 1, 2].map((index) => gathering.place(index).arrive(index, doAll));
  expect(await Promise.allSettled(arrivals)).toMatchObject([
    { status: "fulfilled", value: 0 },
    { status: "rejected", reason: expect.any(PutOff) },
    { status: "rejected", reason: expect.any(PutOff) },
  ]);
  expect(gathering.firstPutOff).toBe(1);
  const refusing = new Gathering(1);
  const refused = refusing.place(0).arrive(0, () => Promise.resolve([{ error: new Error("not you") }]));
  await expect(refused).rejects.toThrow("not you");
  expect(refusing.failure).toBeUndefined();
});

test("when all of it fails nobody has a result, and the reason is known", async () => {
  const gathering = new Gathering(2);
  const failing = () => Promise.reject(new Error("deadlock"));
  const arrivals = [0, 1].map((index) => gathering.place(index).arrive(index, failing));
  for (const { status } of await Promise.allSettled(arrivals)) expect(status).toBe("rejected");
  await expect(arrivals[0]).rejects.toBeInstanceOf(PutOff);
  expect(gathering.failure).toEqual(new Error("deadlock"));
});
