/**
 * Shares of traffic that find the best arm soonest: w_i = p_i (½ + ½ Σ_{j≠i} p_j / (1 − p_j)), half to the arm that a draw from the
 * posterior says is best, half to the one that further draws say is best besides it (Russo 2016, "Simple Bayesian Algorithms for
 * Best Arm Identification", top-two Thompson sampling with β = ½). With two arms that is half each.
 *
 * @param probabilities P(best) of each arm, summing to 1.
 */
export function topTwo(probabilities: readonly number[]): number[] {
  const leader = probabilities.indexOf(Math.max(...probabilities));
  // 1 − p_j as the sum of the others: as a difference it would be 0 for a leader that is all but certain.
  const others = probabilities.map((_, j) => probabilities.reduce((sum, p, i) => (i === j ? sum : sum + p), 0));
  if (!others[leader]) return probabilities.map((p) => p);
  const ratios = probabilities.map((p, j) => p / (others[j] ?? 1));
  const total = ratios.reduce((sum, ratio) => sum + ratio, 0);
  return probabilities.map((p, i) => {
    const besides = i === leader ? sumBesides(ratios, i) : total - (ratios[i] ?? 0);
    return p * (0.5 + 0.5 * besides);
  });
}

function sumBesides(ratios: readonly number[], left: number): number {
  return ratios.reduce((sum, ratio, i) => (i === left ? sum : sum + ratio), 0);
}
