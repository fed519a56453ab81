import type { Database } from "../db/database.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import { CollectorService } from "./collector.service.ts";
import { EventQueue } from "./event-queue.ts";
import { EventRetentionSweep } from "./event-retention-sweep.ts";
import { EventStore } from "./event-store.ts";
import { VisitorSalts } from "./visitor-salts.ts";

export interface TrackingOptions {
  readonly database: Database;
  readonly retentionMonths: number;
}

export interface TrackingParts {
  readonly collector: CollectorService;
  readonly sweeps: readonly Sweep[];
  /** Resolves when what has come is written. */
  stop(): Promise<void>;
}

/** Puts together what takes in visitors' events. */
export function composeTracking({ database, retentionMonths }: TrackingOptions): TrackingParts {
  const store = new EventStore(database);
  const queue = new EventQueue({ append: (events) => store.append(events) });
  const salts = new VisitorSalts(database);
  return {
    collector: new CollectorService(queue, salts),
    sweeps: [new EventRetentionSweep({ database, salts, months: retentionMonths })],
    stop: () => queue.flush(),
  };
}
