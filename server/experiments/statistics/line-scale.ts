/** How a point t of the line that quadrature runs over is a value of the metric. */
export interface LineScale {
  readonly value: (t: number) => number;
  /** d value / d t. */
  readonly slope: (t: number) => number;
}
