/** What many runs gave. */
export interface Figures {
  readonly mean: number;
  readonly deviation: number;
  readonly median: number;
}

export function figures(values: readonly number[]): Figures {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return {
    mean,
    deviation: Math.sqrt(squares / Math.max(1, values.length - 1)),
    median: ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2,
  };
}
