const patienceMs = 30_000;

/** Waits until a condition holds, as long as a slow machine may need. */
export async function waitFor(condition: () => boolean | Promise<boolean>, what = String(condition)): Promise<void> {
  for (const deadline = Date.now() + patienceMs; !(await condition());) {
    if (Date.now() > deadline) throw new Error(`it didn't come to that: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
