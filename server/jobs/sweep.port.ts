/**
 * Due work of one kind. What is due is told by rows with their instants, so it doesn't matter how often or how late it is
 * run, nor whether two processes run it at once: it claims rows (FOR UPDATE SKIP LOCKED), in batches, tenant by tenant.
 */
export interface Sweep {
  /** One of its own among all sweeps: `mail`, `credit-expiry`. */
  readonly name: string;
  /** How often it is run at least: 1 to 60. What should happen sooner enqueues a job for its instant. */
  readonly everyMinutes: number;
  /**
   * Does all that is due at the instant, which may lie in the past or be the same as the last time. What fails holds up nothing
   * else and is due again: eachTenant sees to both.
   */
  runDue(at: Date): Promise<void>;
}
