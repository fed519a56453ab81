import { expect, it } from "@jest/globals";
import { EventQueue } from "./event-queue.ts";
import type { StoredEvent } from "./event-store.ts";

const event = (text: string, tenantId = "one"): StoredEvent => ({ tenantId, text });

/** A database that answers when it is told to. */
function slowStore() {
  const statements: { texts: string[]; commit: () => void; fail: (error: Error) => void }[] = [];
  const append = <Event extends StoredEvent>(events: readonly Event[]) =>
    new Promise<readonly Event[]>((resolve, reject) => {
      const commit = () => resolve(events.filter(({ text }) => text === "bad"));
      statements.push({ texts: events.map(({ text }) => text), commit, fail: reject });
    });
  return { statements, append };
}

/** Lets everything run that waits for nothing. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it("lets a free writer take all that has come meanwhile, and answers after the commit", async () => {
  const { statements, append } = slowStore();
  const queue = new EventQueue({ append, writers: 1, eventsPerStatement: 3 });
  const answered: string[] = [];
  for (const text of ["a", "b", "c", "d", "e"]) void queue.add([event(text)]).then(() => answered.push(text));
  await settled();
  expect([statements.map(({ texts }) => texts.join("")), answered, queue.size]).toEqual([["a"], [], 4]);
  statements[0]?.commit();
  await settled();
  expect([statements.map(({ texts }) => texts.join("")), answered]).toEqual([["a", "bcd"], ["a"]]);
  statements[1]?.commit();
  await settled();
  statements[2]?.commit();
  await queue.flush();
  expect(answered).toEqual(["a", "b", "c", "d", "e"]);
});

it("answers a call once, also one that takes several statements, with what was refused", async () => {
  const { statements, append } = slowStore();
  const queue = new EventQueue({ append, eventsPerStatement: 2 });
  const call = queue.add([event("a"), event("b"), event("bad")]);
  await settled();
  expect(statements.map(({ texts }) => texts)).toEqual([["a", "b"]]);
  statements[0]?.commit();
  await settled();
  statements[1]?.commit();
  expect(await call).toEqual([2]);
  expect(await queue.add([])).toEqual([]);
});

it("fails the calls whose statement failed, and no others", async () => {
  const { statements, append } = slowStore();
  const queue = new EventQueue({ append, writers: 1, eventsPerStatement: 1 });
  const calls = [queue.add([event("a")]), queue.add([event("b")])];
  const failed = expect(calls[0]).rejects.toThrow("the connection is lost");
  statements[0]?.fail(new Error("the connection is lost"));
  await failed;
  statements[1]?.commit();
  expect(await calls[1]).toEqual([]);
});

it("is bounded: who doesn't find room is told to come back, and one tenant leaves room for others", async () => {
  const { statements, append } = slowStore();
  const queue = new EventQueue({ append, writers: 1, maxEvents: 8, maxBytes: 100 });
  const calls = [queue.add([event("first")])];
  const four = (tenant: string) => Array.from({ length: 4 }, () => event("x", tenant));
  calls.push(queue.add(four("one")));
  expect(() => queue.add([event("x", "one")])).toThrow("More events come than can be written.");
  calls.push(queue.add(four("two")));
  expect(() => queue.add([event("x", "three")])).toThrow("More events come than can be written.");
  statements[0]?.commit();
  await settled();
  expect(() => queue.add([event("x".repeat(101), "three")])).toThrow("More events come than can be written.");
  statements[1]?.commit();
  await Promise.all(calls);
  expect(queue.size).toBe(0);
});
