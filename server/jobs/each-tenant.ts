import { type FailedUnit, SweepFailure } from "./sweep-failure.ts";

/** Does one unit of a tenant's work, in a transaction of its own. False when it failed: it is left for the next run. */
export type Attempt = (unit: string, work: () => Promise<unknown>) => Promise<boolean>;

const mostTold = 50;

/**
 * A sweep's work, tenant by tenant. One tenant's trouble is no other's, and one unit's none of those behind it: all the others
 * are done first. Then SweepFailure tells what failed, so that nothing is hidden.
 */
export async function eachTenant(
  tenantIds: Iterable<string>,
  work: (tenantId: string, attempt: Attempt) => Promise<unknown>,
): Promise<void> {
  const failed: FailedUnit[] = [];
  let count = 0;
  for (const tenantId of tenantIds) {
    const tryIt = async (unit: string | undefined, run: () => Promise<unknown>): Promise<boolean> => {
      try {
        await run();
        return true;
      } catch (error) {
        count += 1;
        if (failed.length < mostTold) failed.push({ tenantId, unit, error });
        return false;
      }
    };
    await tryIt(undefined, () => work(tenantId, tryIt));
  }
  if (count > 0) throw new SweepFailure(failed, count);
}
