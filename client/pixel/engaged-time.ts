import { listen } from "./safely.ts";

// Counts without a timer: by the distance between signs of life, while the page is in front.

/** Who neither moves, scrolls nor types for so long isn't reading any more. */
const idleAfterMs = 30_000;

let engagedMs = 0;
let lastMs = performance.now();
let isVisible = true;

function note(): void {
  const nowMs = performance.now();
  if (isVisible) engagedMs += Math.min(nowMs - lastMs, idleAfterMs);
  lastMs = nowMs;
  isVisible = !document.hidden;
}

export function watchEngagement(): void {
  for (const sign of ["pointermove", "pointerdown", "keydown", "scroll", "visibilitychange"]) listen(sign, note);
}

/** The milliseconds since the last call in which somebody was there. */
export function takeEngagedMs(): number {
  note();
  const taken = Math.round(engagedMs);
  engagedMs = 0;
  return taken;
}
