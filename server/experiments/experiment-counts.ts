import type { Session } from "../db/session.ts";

/** What was counted of a variant. */
export interface VariantCounts {
  readonly experimentId: string;
  readonly variantKey: string;
  readonly exposures: bigint;
  /** How many exposures it should have: the sum of its probabilities over all. */
  readonly expected: number;
  readonly conversions: bigint;
  /** Σ 1/p over exposures. */
  readonly inverse: number;
  /** Σ 1/p² over exposures. */
  readonly inverseSquares: number;
  /** Σ 1/p over conversions. */
  readonly convertedInverse: number;
  readonly valueSum: number;
  readonly valueSquares: number;
  /** Subjects that have left the analysis, since they have seen several variants. */
  readonly excluded: bigint;
}

/** The counts of experiments' variants; those that nobody was exposed to have none. */
export function readCounts(session: Session, experimentIds: readonly string[]): Promise<VariantCounts[]> {
  return session.query<VariantCounts & Record<string, unknown>>({
    name: "experiment-counts",
    text: `SELECT experiment_id AS "experimentId", variant_key AS "variantKey", sum(exposures)::bigint AS exposures,
        sum(expected) AS expected, sum(conversions)::bigint AS conversions, sum(inverse) AS inverse,
        sum(inverse_squares) AS "inverseSquares", sum(converted_inverse) AS "convertedInverse",
        sum(value_sum) AS "valueSum", sum(value_squares) AS "valueSquares",
        sum(excluded)::bigint AS excluded
      FROM experiment_counter WHERE tenant_id = nexora_tenant() AND experiment_id = ANY ($1)
      GROUP BY experiment_id, variant_key`,
    values: [experimentIds],
  });
}

export function countsOf(counts: readonly VariantCounts[], experimentId: string, variantKey: string): VariantCounts {
  const found = counts.find((each) => each.experimentId === experimentId && each.variantKey === variantKey);
  return found ?? { experimentId, variantKey, ...nothing };
}

const nothing = {
  exposures: 0n,
  expected: 0,
  conversions: 0n,
  inverse: 0,
  inverseSquares: 0,
  convertedInverse: 0,
  valueSum: 0,
  valueSquares: 0,
  excluded: 0n,
} as const;
