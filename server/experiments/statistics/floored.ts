/**
 * Weights of which none is below `floor`: what the lifted ones get is taken from the others in proportion to what they have above it.
 * A floor that would need more than there is gives all arms the same.
 *
 * @param weights Sum to 1.
 */
export function floored(weights: readonly number[], floor: number): number[] {
  const reserved = Math.min(floor, 1 / weights.length);
  const above = weights.map((weight) => Math.max(0, weight - reserved));
  const total = above.reduce((sum, part) => sum + part, 0);
  const shared = Math.max(0, 1 - reserved * weights.length);
  return above.map((part) => reserved + (total > 0 ? (shared * part) / total : shared / weights.length));
}
