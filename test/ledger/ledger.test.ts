import { randomInt } from "node:crypto";
import { expect, it } from "@jest/globals";
import { createTestDatabase } from "../database.ts";
import { simulateLedger } from "./ledger-simulation.ts";

it("does what a simple model of it does, and keeps every invariant, after each step", async () => {
  await using database = await createTestDatabase();
  const sequences = 2_000;
  const steps = 30;
  // Whoever reads a failure repeats it by `npm run sim:ledger -- --seed <n>`.
  const seed = randomInt(2 ** 31);
  process.stdout.write(`ledger: ${sequences} sequences of ${steps} commands, seed ${seed}\n`);
  const { moved } = await simulateLedger(database, { sequences, steps, seed });
  expect(moved).toBeGreaterThan(sequences * steps * 0.2); // most steps do something: it isn't refusals that are tested
}, 300_000);
