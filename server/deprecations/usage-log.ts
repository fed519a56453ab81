import type { Database } from "../db/database.ts";
import type { Log } from "../log.ts";
import type { DeprecatedMember, DeprecationCounter } from "../operations/deprecations.ts";
import type { Principal } from "../operations/principal.ts";

interface Counted {
  readonly tenantId: string;
  readonly keyId: string;
  readonly coordinate: string;
  operations: number;
  readonly firstUsedAt: Date;
  lastUsedAt: Date;
}

const flushMs = 5_000;
/** Between two flushes; what comes beyond isn't counted. */
const maxWaiting = 10_000;

/**
 * Counts which keys use what is deprecated, in memory first: a row for each request would cost more than the request. It is
 * no change of the tenant's, so the journal doesn't tell of it.
 */
export class UsageLog implements DeprecationCounter {
  readonly #database: Database;
  readonly #log: Log;
  readonly #clock: () => Date;
  readonly #timer: NodeJS.Timeout;
  #waiting = new Map<string, Counted>();

  constructor(database: Database, log: Log, clock: () => Date = () => new Date()) {
    this.#database = database;
    this.#log = log;
    this.#clock = clock;
    this.#timer = setInterval(() => void this.flush(), flushMs);
    this.#timer.unref();
  }

  /** Members use our own clients, and strangers have no tenant: only keys are integrations. */
  count(principal: Principal, members: readonly DeprecatedMember[]): void {
    if (principal.kind !== "API_KEY" && principal.kind !== "PUBLISHABLE_KEY") return;
    const { tenantId, keyId } = principal;
    const now = this.#clock();
    for (const { coordinate } of members) {
      const key = `${tenantId}/${keyId}/${coordinate}`;
      const counted = this.#waiting.get(key);
      if (counted !== undefined) {
        counted.operations += 1;
        counted.lastUsedAt = now;
      } else if (this.#waiting.size < maxWaiting) {
        this.#waiting.set(key, { tenantId, keyId, coordinate, operations: 1, firstUsedAt: now, lastUsedAt: now });
      }
    }
  }

  /** Writes down what was counted so far, a statement for each tenant. */
  async flush(): Promise<void> {
    const waiting = Map.groupBy(this.#waiting.values(), ({ tenantId }) => tenantId);
    this.#waiting = new Map();
    for (const [tenantId, counted] of waiting) {
      try {
        await this.#write(tenantId, counted);
      } catch (error) {
        this.#log.warn({ err: error, tenantId }, "the use of what is deprecated couldn't be counted");
      }
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #write(tenantId: string, counted: readonly Counted[]): Promise<void> {
    // In one order, so that two processes that write the same rows wait for each other and don't lock each other out.
    const rows = counted.toSorted((left, right) => (order(left) < order(right) ? -1 : 1));
    await this.#database.read(tenantId, (session) =>
      session.query({
        // A key that is gone meanwhile has nobody to be told.
        text: `INSERT INTO deprecated_field_usage AS known (tenant_id, key_id, coordinate, operations, first_used_at, last_used_at)
          SELECT $1, used.key_id, used.coordinate, used.operations, used.first_used_at, used.last_used_at
          FROM unnest($2::uuid[], $3::text[], $4::int[], $5::timestamptz[], $6::timestamptz[])
            AS used (key_id, coordinate, operations, first_used_at, last_used_at)
          WHERE EXISTS (SELECT FROM api_key WHERE api_key.tenant_id = $1 AND api_key.id = used.key_id)
          ON CONFLICT (tenant_id, key_id, coordinate) DO UPDATE
          SET operations = least(known.operations::bigint + excluded.operations, 2147483647),
            last_used_at = greatest(known.last_used_at, excluded.last_used_at)`,
        values: [
          tenantId,
          rows.map(({ keyId }) => keyId),
          rows.map(({ coordinate }) => coordinate),
          rows.map(({ operations }) => operations),
          rows.map(({ firstUsedAt }) => firstUsedAt),
          rows.map(({ lastUsedAt }) => lastUsedAt),
        ],
      }),
    );
  }
}

function order({ keyId, coordinate }: Counted): string {
  return `${keyId} ${coordinate}`;
}
