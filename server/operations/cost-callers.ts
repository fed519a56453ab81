import { LRUCache } from "lru-cache";
import type { Bucket, BucketLimits } from "./cost-buckets.port.ts";
import { networkOf } from "./network-address.ts";
import type { Principal } from "./principal.ts";

export type BucketScope = "CREDENTIAL" | "TENANT" | "ADDRESS";

export interface CallerBucket extends Bucket {
  readonly scope: BucketScope;
}

/** Who pays: what an operation costs is taken from all of these buckets. */
export interface Caller {
  /** Of the caller alone; no other caller has it. */
  readonly id: string;
  readonly limits: BucketLimits;
  readonly buckets: readonly CallerBucket[];
}

const maxCallers = 10_000;

/** The buckets of callers, made once for each. */
export class Callers {
  readonly #known = new LRUCache<string, Caller>({ max: maxCallers });

  /** A member or key has a bucket, and its tenant; somebody unknown has that of his network address. */
  of(principal: Principal, address: string | null, limits: BucketLimits): Caller {
    const id = callerId(principal, address);
    const known = this.#known.get(id);
    if (known?.limits === limits) return known;
    const own: CallerBucket = { name: id, limits, scope: principal.kind === "ANONYMOUS" ? "ADDRESS" : "CREDENTIAL" };
    const buckets: CallerBucket[] =
      principal.kind === "ANONYMOUS"
        ? [own]
        : [own, { name: `{${principal.tenantId}}:tenant`, limits, scope: "TENANT" }];
    const caller = { id, limits, buckets };
    this.#known.set(id, caller);
    return caller;
  }
}

function callerId(principal: Principal, address: string | null): string {
  switch (principal.kind) {
    case "ANONYMOUS":
      return `{address:${address === null ? "unknown" : networkOf(address)}}`;
    case "MEMBER":
      return `{${principal.tenantId}}:member:${principal.memberId}`;
    case "API_KEY":
    case "PUBLISHABLE_KEY":
      return `{${principal.tenantId}}:key:${principal.keyId}`;
  }
}
