/** What has been seen of how subjects were divided. Lists are in the order of the arms. */
export interface AllocationRecord {
  readonly exposures: readonly number[];
  /** The sum of each arm's probabilities over all exposures. */
  readonly expected: readonly number[];
  /** ln M: the evidence against the division being as planned. */
  readonly logEvidence: number;
  /** Whether M ever reached 1,000. */
  readonly alarmed: boolean;
}

/** With the division as planned, M ever reaches this with probability 1 / 1,000 at most (Ville's inequality). */
const alarmAt = Math.log(1_000);
/** How many exposures' worth of belief in the plan the alternative starts with. */
const belief = 100;

/** The record of an experiment that has begun. */
export function emptyAllocationRecord(arms: number): AllocationRecord {
  const none = Array.from({ length: arms }, () => 0);
  return { exposures: none, expected: none, logEvidence: 0, alarmed: false };
}

/**
 * The sequential alarm for a sample ratio mismatch, right under weights that change and any number of looks (after Lindon and Malek 2022,
 * "Anytime-Valid Inference for Multinomial Count Data"): M ← M ∏ (q_a / p_a)^(exposures of a), q_i ∝ p_i (100 + n_i) / (100 + E_i).
 *
 * @param batch Exposures of each arm since the record, all under the same probabilities. q is fixed before the batch, so any size is valid;
 *   smaller ones see a mismatch sooner.
 */
export function withAllocations(
  record: AllocationRecord,
  batch: { probabilities: readonly number[]; exposures: readonly number[] },
): AllocationRecord {
  const { probabilities, exposures } = batch;
  const tilted = probabilities.map(
    (p, i) => (p * (belief + (record.exposures[i] ?? 0))) / (belief + (record.expected[i] ?? 0)),
  );
  const total = tilted.reduce((sum, q) => sum + q, 0);
  const subjects = exposures.reduce((sum, n) => sum + n, 0);
  let logEvidence = record.logEvidence;
  for (const [i, n] of exposures.entries()) {
    const p = probabilities[i] ?? 0;
    // An arm that could not be given was: no more evidence is needed.
    if (n > 0) logEvidence += p > 0 ? n * Math.log((tilted[i] ?? 0) / total / p) : Infinity;
  }
  return {
    exposures: exposures.map((n, i) => n + (record.exposures[i] ?? 0)),
    expected: probabilities.map((p, i) => p * subjects + (record.expected[i] ?? 0)),
    logEvidence,
    alarmed: record.alarmed || logEvidence >= alarmAt,
  };
}
