import { conversionSequence } from "../../server/experiments/statistics/conversion-sequence.ts";
import { emptyAllocationRecord, withAllocations } from "../../server/experiments/statistics/sample-ratio-alarm.ts";
import { equalWeights, noCounts, serveBatch, sumOf } from "./bandit.ts";
import type { Plan } from "./plan.ts";
import { Random } from "./random.ts";

const subjects = 100_000;
const half = [0.5, 0.5];

/** P5: both arms 5 %; the share of runs in which any of 1,000 looks, one every 100 users, finds a winner. */
export function simulateFalseWinners({ runs, seed }: Plan): number {
  const random = new Random(seed);
  let found = 0;
  for (let run = 0; run < runs; run++) {
    let [control, treatment] = noCounts(2);
    for (let seen = 0; seen < subjects && control && treatment; seen += 100) {
      [control, treatment] = sumOf([control, treatment], serveBatch(random, 100, equalWeights(2), [0.05, 0.05]).arms);
      const sequence = control && treatment ? conversionSequence(control, treatment) : null;
      if (sequence && (sequence.interval[0] > 0 || sequence.interval[1] < 0)) {
        found++;
        break;
      }
    }
  }
  return found / runs;
}

/** P5: the share of runs in which the alarm, asked after every user, says that a division planned half and half isn't. */
export function simulateRatioAlarm({ runs, seed }: Plan, trueShare: number): { alarmed: number; after: number } {
  const random = new Random(seed);
  let alarms = 0;
  let after = 0;
  for (let run = 0; run < runs; run++) {
    let record = emptyAllocationRecord(2);
    for (let user = 1; user <= subjects; user++) {
      record = withAllocations(record, {
        probabilities: half,
        exposures: random.uniform() < trueShare ? [1, 0] : [0, 1],
      });
      if (record.alarmed) {
        alarms++;
        after += user;
        break;
      }
    }
  }
  return { alarmed: alarms / runs, after: after / Math.max(1, alarms) };
}
