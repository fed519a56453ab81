/**
 * The part of [0, 1) that is each variant's. Added up in floating point and in this order like in every GrowthBook SDK, so
 * that a bucket on a border goes to the same variant everywhere.
 */
export function bucketRanges(weights: readonly number[]): [number, number][] {
  let start = 0;
  return weights.map((weight) => {
    const range: [number, number] = [start, start + weight];
    start += weight;
    return range;
  });
}
