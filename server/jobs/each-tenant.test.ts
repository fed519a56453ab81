import { expect, it } from "@jest/globals";
import { batchesOrEach } from "./batches-or-each.ts";
import { eachDue } from "./each-due.ts";
import { eachTenant } from "./each-tenant.ts";
import { SweepFailure } from "./sweep-failure.ts";

const poison = (id: number) => id < 150;

/** Units that go away when they are done; those with the smallest ids come first, and the first 150 fail. */
function units(count: number) {
  const left = new Set(Array.from({ length: count }, (_, id) => id));
  return {
    left,
    find: async (most: number) => [...left].slice(0, most).map((id) => ({ id: String(id) })),
    work: async ({ id }: { id: string }) => {
      if (poison(Number(id))) throw new Error(`no ${id}`);
      left.delete(Number(id));
    },
  };
}

it("works off what is behind more failing units than fit into a batch, and tells what failed with its tenant", async () => {
  const { left, find, work } = units(420);
  const other: string[] = [];
  const run = eachTenant(["broken", "poisoned", "other"], async (tenantId, attempt) => {
    if (tenantId === "broken") throw new Error("the tenant");
    if (tenantId === "other") return other.push(tenantId);
    return eachDue(find, (unit) => attempt(`unit ${unit.id}`, () => work(unit)));
  });
  const error = await run.catch((thrown: unknown) => thrown);
  expect([...left].every(poison)).toBe(true);
  expect(left.size).toBe(150);
  expect(other).toEqual(["other"]);
  expect(error).toBeInstanceOf(SweepFailure);
  expect(error).toMatchObject({
    message: "151 of what was due couldn't be done, the first: the tenant",
    failed: expect.arrayContaining([
      { tenantId: "broken", unit: undefined, error: new Error("the tenant") },
      { tenantId: "poisoned", unit: "unit 0", error: new Error("no 0") },
    ]),
  });
});

it("does one by one what fails as a batch", async () => {
  const { left, find, work } = units(420);
  const batch = async () => {
    const some = await find(10);
    for (const unit of some) await work(unit);
    return some.length;
  };
  await batchesOrEach({ batch, find, each: (unit) => work(unit).catch(() => undefined) });
  expect(left.size).toBe(150);
  left.clear();
  await batchesOrEach({ batch, find, each: () => Promise.reject(new Error("not needed")) });
});
