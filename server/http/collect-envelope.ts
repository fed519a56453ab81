import type { Envelope } from "../tracking/collector.service.ts";
import { eventLimits } from "../tracking/event-limits.ts";
import { type EventType, isEventType } from "../tracking/event-type.ts";
import { HttpRefusal } from "./http-refusal.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** A call's events: a list under `batch` (Segment's clients) or `events` (our pixel), or the body is one. */
export function readEnvelope(body: unknown, type: EventType | undefined): Envelope {
  if (!isObject(body)) throw new HttpRefusal(400, "The body isn't a JSON object.");
  const { sentAt } = body;
  if (type !== undefined) return { events: [body], type, sentAt, context: undefined };
  const events = body["batch"] ?? body["events"];
  if (!Array.isArray(events)) throw new HttpRefusal(400, "The body has no list of events: `batch`, or `events`.");
  if (events.length > eventLimits.eventsPerBatch) throw new HttpRefusal(413, "A call takes 2,500 events at most.");
  const context = isObject(body["context"]) ? body["context"] : undefined;
  return { events: events as readonly unknown[], type, sentAt, context };
}

/** The event of an image's address: `?key=…&type=page&name=…&url=…`. */
export function readPixelQuery(query: unknown, referer: string | undefined): Envelope {
  const said = isObject(query) ? query : {};
  const { type = "page", url = referer, referrer, title, name, event, messageId, anonymousId, userId } = said;
  const page = { url, referrer, title };
  const properties = Object.fromEntries(
    Object.entries(said).flatMap(([key, value]) => (key.startsWith("p.") ? [[key.slice(2), value]] : [])),
  );
  const events = [{ type, name, event, messageId, anonymousId, userId, properties }];
  return { events, type: isEventType(type) ? type : undefined, sentAt: undefined, context: { page } };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
