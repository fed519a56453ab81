import assert from "node:assert/strict";
import fc from "fast-check";
import { openDatabase, insertTenant } from "../tenant-rows.ts";
import type { TestDatabase } from "../database.ts";
import { commandSequences } from "./ledger-commands.ts";
import { LedgerModel } from "./ledger-model.ts";
import { LedgerRunner } from "./ledger-runner.ts";

export interface SimulationPlan {
  readonly sequences: number;
  readonly steps: number;
  /** Repeats a run; fast-check tells it when one fails. */
  readonly seed?: number | undefined;
}

export interface SimulationCounts {
  /** Steps that moved credits, or told of a move again. */
  readonly moved: number;
  readonly refused: number;
}

/**
 * Runs sequences of commands against the database and against a model in memory: after each step both must have given the
 * same answer and be in the same state, and every invariant must hold. Throws with the shortest failing sequence and the
 * seed that repeats it. Returns what its steps came to.
 */
export async function simulateLedger(
  database: TestDatabase,
  { sequences, steps, seed }: SimulationPlan,
): Promise<SimulationCounts> {
  const counts = { moved: 0, refused: 0 };
  await using app = openDatabase(database.appUrl);
  const tenantId = await insertTenant(app);
  await LedgerRunner.install(database.ownerUrl, tenantId);
  const runner = await LedgerRunner.connect(database.appUrl, tenantId);
  try {
    await fc.assert(
      fc.asyncProperty(commandSequences(steps), async (commands) => {
        const stepped = await runner.run(commands);
        const model = new LedgerModel();
        for (const [step, command] of commands.entries()) {
          const outcome = model.run(command);
          const where = `after step ${step}, ${JSON.stringify(command)}`;
          assert.deepEqual(stepped[step]?.violations, [], where);
          assert.deepEqual(stepped[step]?.outcome, outcome, where);
          assert.deepEqual(stepped[step]?.accounts, model.accounts, where);
          if (outcome.code !== null) counts.refused += 1;
          else if (outcome.moves.length > 0) counts.moved += 1;
        }
      }),
      { numRuns: sequences, ...(seed === undefined ? {} : { seed }) },
    );
  } finally {
    await runner.end();
  }
  return counts;
}
