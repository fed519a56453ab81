const batch = 100;

/**
 * Works off what is due until nothing is left that wasn't tried: what comes up meanwhile, too. Each is tried once, and what
 * stays due, because it failed or somebody works on it, holds up nothing behind it.
 */
export async function eachDue<Unit extends { readonly id: string }>(
  find: (most: number) => Promise<readonly Unit[]>,
  work: (unit: Unit) => Promise<unknown>,
): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const due = (await find(batch + tried.size)).filter(({ id }) => !tried.has(id));
    if (due.length === 0) return;
    for (const unit of due) {
      tried.add(unit.id);
      await work(unit);
    }
  }
}
