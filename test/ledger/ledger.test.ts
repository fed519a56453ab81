import { expect, it } from "@jest/globals";
import { createTestDatabase } from "../database.ts";
import { simulateLedger } from "./ledger-simulation.ts";

// `npm run sim:ledger` runs 2,000 sequences, with another seed each time.
it("does what a simple model of it does, and keeps every invariant, after each step", async () => {
  await using database = await createTestDatabase();
  const steps = 30;
  const sequences = 200;
  const { moved } = await simulateLedger(database, { sequences, steps });
  expect(moved).toBeGreaterThan(sequences * steps * 0.25); // most steps do something: it isn't refusals that are tested
}, 120_000);
