import { AppError } from "../operations/app-error.ts";
import type { StoredEvent } from "./event-store.ts";

export interface EventQueueOptions {
  /** Returns those that can't be stored; what it returns is committed. */
  readonly append: <Event extends StoredEvent>(events: readonly Event[]) => Promise<readonly Event[]>;
  readonly writers?: number;
  readonly eventsPerStatement?: number;
  /** How many may wait, of all tenants. */
  readonly maxEvents?: number;
  readonly maxBytes?: number;
}

interface Request {
  pending: number;
  readonly refused: number[];
  readonly resolve: (refused: readonly number[]) => void;
  readonly reject: (error: unknown) => void;
}

interface QueuedEvent extends StoredEvent {
  readonly index: number;
  readonly request: Request;
}

/**
 * Events on their way to the database. A writer that is free takes what has come up to then: the busier it is, the larger the
 * statements, and nobody waits for a timer. What waits is bounded: then callers are asked to come back, which their clients do.
 */
export class EventQueue {
  readonly #options: Required<EventQueueOptions>;
  #waiting: QueuedEvent[] = [];
  #bytes = 0;
  readonly #perTenant = new Map<string, number>();
  readonly #writing = new Set<Promise<void>>();

  constructor(options: EventQueueOptions) {
    this.#options = {
      writers: 2,
      eventsPerStatement: 1_000,
      maxEvents: 20_000,
      maxBytes: 32 * 1024 * 1024,
      ...options,
    };
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** Resolves when they are committed, with the places of those that the database refused. Throws UNAVAILABLE when it is full. */
  add(events: readonly StoredEvent[]): Promise<readonly number[]> {
    if (events.length === 0) return Promise.resolve([]);
    this.#refuseWhenFull(events);
    return new Promise((resolve, reject) => {
      const request = { pending: events.length, refused: [], resolve, reject };
      for (const [index, event] of events.entries()) {
        this.#waiting.push({ ...event, index, request });
        this.#count(event, 1);
      }
      if (this.#writing.size < this.#options.writers) this.#startWriter();
    });
  }

  /** Resolves when all that was added is committed or has failed. */
  async flush(): Promise<void> {
    while (this.#writing.size > 0) await Promise.all(this.#writing);
  }

  /** One tenant may use half of it, so that the others find room. */
  #refuseWhenFull(events: readonly StoredEvent[]): void {
    const { maxEvents, maxBytes } = this.#options;
    const bytes = events.reduce((sum, { text }) => sum + text.length, 0);
    const ofTenant = (this.#perTenant.get(events[0]?.tenantId ?? "") ?? 0) + events.length;
    const isFull = this.#waiting.length + events.length > maxEvents || this.#bytes + bytes > maxBytes;
    if (!isFull && ofTenant <= maxEvents / 2) return;
    throw new AppError("UNAVAILABLE", "More events come than can be written. Send them again in a moment.");
  }

  #startWriter(): void {
    const writing = this.#write().finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const events = this.#waiting.splice(0, this.#options.eventsPerStatement);
      for (const event of events) this.#count(event, -1);
      try {
        for (const { request, index } of await this.#options.append(events)) request.refused.push(index);
        for (const { request } of events) {
          request.pending -= 1;
          if (request.pending === 0) request.resolve(request.refused);
        }
      } catch (error) {
        for (const { request } of events) request.reject(error);
      }
    }
  }

  #count({ tenantId, text }: StoredEvent, by: 1 | -1): void {
    this.#bytes += by * text.length;
    const count = (this.#perTenant.get(tenantId) ?? 0) + by;
    if (count === 0) this.#perTenant.delete(tenantId);
    else this.#perTenant.set(tenantId, count);
  }
}
