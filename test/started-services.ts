// global-setup.ts fills it, global-teardown.ts empties it; both run in jest's own process.
const stops: (() => Promise<void>)[] = [];

export function stopLater(stop: () => Promise<void>): void {
  stops.push(stop);
}

/** The last one first. A second call finds nothing left to do. */
export async function stopServices(): Promise<void> {
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
}
