/** Whether more of the metric is better (a conversion) or less of it (a cancellation, a loading time). */
export type Direction = "MAXIMISE" | "MINIMISE";
