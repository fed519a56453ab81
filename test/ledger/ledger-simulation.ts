import assert from "node:assert/strict";
import fc from "fast-check";
import type { TestDatabase } from "../database.ts";
import { type Command, commandSequences } from "./ledger-commands.ts";
import { LedgerModel } from "./ledger-model.ts";
import { LedgerRunner } from "./ledger-runner.ts";

export interface SimulationPlan {
  readonly sequences: number;
  readonly steps: number;
  /** The same one repeats a run. */
  readonly seed: number;
}

export interface SimulationCounts {
  /** Steps that moved credits, or told of a move again. */
  moved: number;
  refused: number;
}

/** PostgreSQL's work is nearly all of it, so each lane keeps one of its processes busy. */
const lanes = 3;

/**
 * Runs sequences of commands against the database and against a model in memory: after each step both must have given the
 * same answer and be in the same state, and every invariant must hold. Throws with the shortest failing sequence. Returns
 * what its steps came to.
 */
export async function simulateLedger(
  database: TestDatabase,
  { sequences, steps, seed }: SimulationPlan,
): Promise<Readonly<SimulationCounts>> {
  const counts = { moved: 0, refused: 0 };
  await LedgerRunner.install(database.ownerUrl);
  const done = await Promise.allSettled(
    Array.from({ length: lanes }, async (_, lane) => {
      const numRuns = Math.floor((sequences + lane) / lanes);
      const runner = await LedgerRunner.connect(database.appUrl);
      try {
        const property = fc.asyncProperty(commandSequences(steps), (commands) => compare(runner, commands, counts));
        if (numRuns > 0) await fc.assert(property, { numRuns, seed: (seed + lane) | 0 });
      } finally {
        await runner.end();
      }
    }),
  );
  for (const lane of done) if (lane.status === "rejected") throw lane.reason;
  return counts;
}

async function compare(runner: LedgerRunner, commands: readonly Command[], counts: SimulationCounts): Promise<void> {
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
}
