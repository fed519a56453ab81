// global-setup.ts fills it, global-teardown.ts empties it; both run in jest's own process.
const stops: (() => Promise<void>)[] = [];

export function stopLater(stop: () => Promise<void>): void {
  stops.push(stop);
}

/** All at once, because after Ctrl-C there may be little time. A second call finds nothing left to do. */
export async function stopServices(): Promise<void> {
  await Promise.all(stops.splice(0).map((stop) => stop()));
}
