/** How long a simulation runs, and what it repeats with. */
export interface Plan {
  readonly runs: number;
  readonly seed: number;
}
