import type { EventQueue } from "./event-queue.ts";
import type { EventType } from "./event-type.ts";
import { type Delivery, type JsonObject, readEvent, rowText } from "./read-event.ts";
import { type RefusalCode, type RefusedEvent, refusals } from "./refused-event.ts";
import type { VisitorSalts } from "./visitor-salts.ts";

export interface Collected {
  /** Committed now or earlier. */
  readonly accepted: number;
  readonly rejected: readonly RefusedEvent[];
}

export interface Envelope {
  readonly events: readonly unknown[];
  /** Of all of them; undefined: each says its own. */
  readonly type: EventType | undefined;
  readonly sentAt: unknown;
  readonly context: JsonObject | undefined;
}

/** Takes in what visitors do. */
export class CollectorService {
  readonly #queue: EventQueue;
  readonly #salts: VisitorSalts;

  constructor(queue: EventQueue, salts: VisitorSalts) {
    this.#queue = queue;
    this.#salts = salts;
  }

  /** Resolves when all that can be kept is committed. */
  async collect(envelope: Envelope, delivery: Delivery): Promise<Collected> {
    const { events, type } = envelope;
    const rejected: RefusedEvent[] = [];
    const stored: { text: string; tenantId: string; index: number; messageId: string }[] = [];
    const reject = (index: number, messageId: string | null, code: RefusalCode) =>
      void rejected.push({ index, messageId, code, message: refusals[code] });
    for (const [index, raw] of events.entries()) {
      const event = readEvent(raw, type, envelope, delivery);
      if (event === "NOTHING_TO_KEEP") continue;
      if ("refused" in event) {
        reject(index, event.messageId, event.refused);
        continue;
      }
      const { row, messageId, daily } = event;
      const visitor =
        daily === undefined
          ? {}
          : { visitor_id: await this.#salts.dailyId(delivery.tenantId, daily, delivery.receivedAt) };
      const written = rowText({ ...row, ...visitor });
      if ("refused" in written) reject(index, messageId, written.refused);
      else stored.push({ ...written, tenantId: delivery.tenantId, index, messageId });
    }
    for (const place of await this.#queue.add(stored)) {
      const { index = 0, messageId = null } = stored[place] ?? {};
      reject(index, messageId, "NOT_STORABLE");
    }
    return { accepted: events.length - rejected.length, rejected };
  }
}
