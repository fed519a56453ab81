import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runFolder } from "./run-folder.ts";

export const countsFileName = "counts.json";

/** What run-tests.ts needs to know at any moment, also when jest is stopped half way. */
export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
  isComplete: boolean;
}

/** The part of jest's AggregatedResult that is read here. */
interface Results {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

/** Writes the counts to a file after each test file. */
export default class CountReporter {
  onTestResult(_test: unknown, _result: unknown, results: Results): void {
    this.#write(results, false);
  }

  onRunComplete(_contexts: unknown, results: Results): void {
    this.#write(results, true);
  }

  #write(results: Results, isComplete: boolean): void {
    const counts: TestCounts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites, // a file that can't be loaded has no tests
      skipped: results.numPendingTests + results.numTodoTests,
      isComplete,
    };
    writeFileSync(join(runFolder(), countsFileName), JSON.stringify(counts));
  }
}
