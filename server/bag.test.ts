import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { Bag, type Bagged } from "./bag.ts";

test("a bag holds what a set would", () => {
  const step = fc.record({ isAdded: fc.boolean(), name: fc.integer({ min: 0, max: 20 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const objects: (Bagged & { name: number })[] = Array.from({ length: 21 }, (_, name) => ({ name, place: 0 }));
      const bag = new Bag<Bagged & { name: number }>();
      const set = new Set<number>();
      for (const { isAdded, name } of steps) {
        const object = objects[name] as Bagged & { name: number };
        if (!isAdded) bag.delete(object);
        else if (!set.has(name)) bag.add(object);
        if (isAdded) set.add(name);
        else set.delete(name);
      }
      expect(bag.size).toBe(set.size);
      expect(new Set(bag.items().map(({ name }) => name))).toEqual(set);
    }),
  );
});
