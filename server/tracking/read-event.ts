import { randomUUID } from "node:crypto";
import { eventLimits } from "./event-limits.ts";
import { timesOf } from "./event-time.ts";
import { type EventType, isEventType } from "./event-type.ts";
import { isBot } from "./is-bot.ts";
import { isConsentRefused, privateContext, withoutClickIds } from "./private-event.ts";
import type { RefusalCode } from "./refused-event.ts";
import { storableJson } from "./storable-json.ts";
import { visitorNetwork } from "./visitor-network.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** What is known about all events of a request. */
export interface Delivery {
  readonly tenantId: string;
  readonly keyId: string | null;
  readonly receivedAt: Date;
  /** Of the sender; that of a visitor only where his browser sends by itself. */
  readonly address: string;
  readonly userAgent: string | null;
  /** Where the proxy in front says that the address is: `FR`. */
  readonly country: string | null;
  /** A browser with its own address and agent, and not a program that tells of visitors. */
  readonly isBrowser: boolean;
  readonly isPrefetch: boolean;
  /** Sec-GPC or DNT. */
  readonly isPrivate: boolean;
}

/** What an envelope says for all its events. */
export interface Shared {
  readonly sentAt: unknown;
  readonly context: JsonObject | undefined;
}

export type ReadEvent =
  | { readonly row: object; readonly messageId: string; readonly daily: DailyVisitor | undefined }
  | { readonly refused: RefusalCode; readonly messageId: string | null }
  | "NOTHING_TO_KEEP";

/** Who has no id of his own: what his id of the day is made of. */
export interface DailyVisitor {
  readonly site: string;
  readonly network: string;
  readonly userAgent: string;
}

/** One event as the table wants it. */
export function readEvent(raw: unknown, type: EventType | undefined, shared: Shared, delivery: Delivery): ReadEvent {
  if (!isObject(raw)) return { refused: "EVENT_INVALID", messageId: null };
  const refuse = (refused: RefusalCode) => ({ refused, messageId: shownId(raw["messageId"]) });
  const messageId = raw["messageId"] ?? randomUUID();
  if (typeof messageId !== "string" || messageId === "" || messageId.length >= eventLimits.messageIdLength) {
    return refuse("MESSAGE_ID_INVALID");
  }
  const eventType = type ?? raw["type"];
  if (!isEventType(eventType)) return refuse("TYPE_UNKNOWN");
  const [properties, traits, own] = [
    raw["properties"] ?? undefined,
    raw["traits"] ?? undefined,
    raw["context"] ?? undefined,
  ];
  if (![properties, traits, own].every((part) => part === undefined || isObject(part))) return refuse("EVENT_INVALID");
  const context = { ...shared.context, ...(own as JsonObject | undefined) };
  const name = eventType === "track" ? raw["event"] : (raw["name"] ?? (properties as JsonObject | undefined)?.["name"]);
  if (eventType === "track" && (typeof name !== "string" || name === "")) return refuse("EVENT_NAME_MISSING");

  const isPrivate = delivery.isPrivate || isConsentRefused(context);
  // Who wants no identifier has nothing to say about who he is.
  if (isPrivate && (eventType === "identify" || eventType === "alias" || eventType === "group"))
    return "NOTHING_TO_KEEP";
  const ids = {
    visitor_id: idOf(raw["anonymousId"]),
    user_id: idOf(raw["userId"]),
    previous_id: idOf(raw["previousId"]),
    group_id: idOf(raw["groupId"]),
  };
  const label = typeof name === "string" ? name : undefined;
  if (Object.values(ids).some((id) => (id?.length ?? 0) > eventLimits.idLength)) return refuse("ID_TOO_LONG");
  if ((label?.length ?? 0) > eventLimits.nameLength) return refuse("ID_TOO_LONG");

  const { ip, userAgent: told, ...kept } = context as JsonObject & { ip?: unknown; userAgent?: unknown };
  const userAgent =
    typeof told === "string"
      ? told.slice(0, 500)
      : delivery.isBrowser
        ? (delivery.userAgent?.slice(0, 500) ?? null)
        : null;
  // A page could say any address; a program knows its visitor's.
  const address = delivery.isBrowser ? delivery.address : typeof ip === "string" ? ip : undefined;
  const network = address === undefined ? null : visitorNetwork(address);
  const { time, day } = timesOf(
    { timestamp: raw["timestamp"] ?? raw["originalTimestamp"], sentAt: raw["sentAt"] ?? shared.sentAt, messageId },
    delivery.receivedAt,
  );
  const row = {
    tenant_id: delivery.tenantId,
    day,
    message_id: messageId,
    type: eventType,
    time: time.toISOString(),
    received_at: delivery.receivedAt.toISOString(),
    name: label,
    ...(isPrivate ? {} : ids),
    properties: isPrivate ? withoutClickIds(properties) : properties,
    traits: isPrivate ? undefined : traits,
    context: isPrivate ? privateContext(kept) : kept,
    network,
    country: delivery.isBrowser ? delivery.country : null,
    user_agent: userAgent,
    is_bot: isBot({ userAgent, isPrefetch: delivery.isPrefetch }),
    is_private: isPrivate,
    key_id: delivery.keyId,
  };
  const isNameless = !isPrivate && ids.visitor_id === undefined && ids.user_id === undefined;
  const daily =
    isNameless && delivery.isBrowser && network !== null
      ? { site: siteOf(kept), network, userAgent: userAgent ?? "" }
      : undefined;
  return { row, messageId, daily };
}

/** The row's text, or why there is none. */
export function rowText(row: object): { readonly text: string } | { readonly refused: RefusalCode } {
  const text = storableJson(row);
  if (text === undefined) return { refused: "EVENT_TOO_DEEP" };
  return Buffer.byteLength(text) > eventLimits.eventBytes ? { refused: "EVENT_TOO_LARGE" } : { text };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Clients also send numbers as ids. */
function idOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function shownId(value: unknown): string | null {
  return typeof value === "string" ? value.slice(0, eventLimits.messageIdLength) : null;
}

/** The host of the page, as the event tells it. */
function siteOf(context: JsonObject): string {
  const page = context["page"];
  const url = isObject(page) ? page["url"] : undefined;
  return typeof url === "string" && URL.canParse(url) ? new URL(url).host : "";
}
