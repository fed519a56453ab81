/** Nothing that goes wrong here may reach the page: it is worth more than what is told about it. */
export function safely(run: () => void): void {
  try {
    run();
  } catch {
    // so be it
  }
}

/** Listens before the page's own listeners, which may stop the event or leave the page. */
export function listen(name: string, listener: (event: Event) => void, isCapturing = true): void {
  addEventListener(name, (event) => safely(() => listener(event)), isCapturing);
}
