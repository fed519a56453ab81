/** What couldn't be done for a tenant. */
export interface FailedUnit {
  readonly tenantId: string;
  /** `subscription 0198…`; undefined: the tenant's work as a whole. */
  readonly unit: string | undefined;
  readonly error: unknown;
}

/** A sweep did what it could; this was left, and is due again. Sweeps.run tells the log of each. */
export class SweepFailure extends Error {
  override readonly name = "SweepFailure";
  /** The first ones: where everything fails, few tell enough. */
  readonly failed: readonly FailedUnit[];

  constructor(failed: readonly FailedUnit[], count: number) {
    const [first] = failed;
    const reason = first?.error instanceof Error ? first.error.message : String(first?.error);
    super(`${count} of what was due couldn't be done, the first: ${reason}`, { cause: first?.error });
    this.failed = failed;
  }
}
