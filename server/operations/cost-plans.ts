import { LRUCache } from "lru-cache";
import type { Database } from "../db/database.ts";
import type { Log } from "../log.ts";
import type { BucketLimits } from "./cost-buckets.port.ts";

/** The limits of each plan; the first one is everybody's without a known one. */
export type Plans = readonly [Plan, ...Plan[]];

export interface Plan extends BucketLimits {
  readonly name: string;
}

export interface TenantPlansOptions {
  readonly plans: Plans;
  readonly database: Pick<Database, "read">;
  readonly log: Log;
}

/** How long a plan may have been another one before it is noticed. */
const freshMs = 10_000;
const maxTenants = 10_000;

/** Which plan a tenant has. Known ones are answered without waiting, and looked up again in the background. */
export class TenantPlans {
  readonly #options: TenantPlansOptions;
  readonly #known = new LRUCache<string, { plan: Plan; readAtMs: number }>({ max: maxTenants });

  constructor(options: TenantPlansOptions) {
    this.#options = options;
  }

  /** Of callers without a tenant. */
  get standard(): Plan {
    return this.#options.plans[0];
  }

  of(tenantId: string): Plan | Promise<Plan> {
    const known = this.#known.get(tenantId);
    if (known === undefined) return this.#read(tenantId);
    const nowMs = performance.now();
    if (nowMs - known.readAtMs > freshMs) {
      known.readAtMs = nowMs; // the others don't read it, too
      void this.#read(tenantId, known.plan);
    }
    return known.plan;
  }

  /** A database that doesn't answer is no reason for more than the standard. */
  async #read(tenantId: string, before = this.standard): Promise<Plan> {
    const { database, plans, log } = this.#options;
    try {
      const [row] = await database.read(tenantId, (session) =>
        session.query<{ plan: string }>({
          name: "tenant-plan",
          text: "SELECT plan FROM tenant WHERE id = $1",
          values: [tenantId],
        }),
      );
      const plan = plans.find(({ name }) => name === row?.plan) ?? this.standard;
      this.#known.set(tenantId, { plan, readAtMs: performance.now() });
      return plan;
    } catch (error) {
      log.warn({ err: error, tenantId }, "a tenant's plan couldn't be read");
      return before;
    }
  }
}
