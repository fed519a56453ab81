import { eventLimits } from "./event-limits.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** Ids by which advertisers recognise who clicked. */
const clickIds =
  "gclid|gclsrc|dclid|gbraid|wbraid|gad_source|fbclid|igshid|msclkid|ttclid|twclid|li_fat_id|yclid|epik|sccid|rdt_cid|mc_eid|_hsenc|_hsmi|vero_id|oly_anon_id|oly_enc_id|wickedid|srsltid";
const clickIdName = new RegExp(`^(?:${clickIds})$`, "i");
const clickIdInUrl = new RegExp(`([?&#])(?:${clickIds})=[^&#]*`, "gi");

/** What says where and how, and not who. */
const plainContext = ["page", "campaign", "locale", "timezone", "screen", "library", "os", "app", "consent"];

/** Whether the context says that the visitor refused to be measured: Segment's form of it, or `consent: { analytics: false }`. */
export function isConsentRefused(context: JsonObject | undefined): boolean {
  const consent = context?.["consent"];
  if (!isObject(consent)) return false;
  const preferences = isObject(consent["categoryPreferences"]) ? consent["categoryPreferences"] : consent;
  return Object.entries(preferences).some(
    ([name, given]) => given === false && /analytics|statistics|measurement/i.test(name),
  );
}

/** The context without what tells visitors apart. */
export function privateContext(context: JsonObject): JsonObject {
  return Object.fromEntries(
    plainContext.filter((name) => Object.hasOwn(context, name)).map((name) => [name, withoutClickIds(context[name])]),
  );
}

/** The same value without the ids that advertisers put into addresses and properties. What is nested too deep is refused later. */
export function withoutClickIds(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return textWithoutClickIds(value);
  if (depth > eventLimits.depth) return value;
  if (Array.isArray(value)) return value.map((item) => withoutClickIds(item, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !clickIdName.test(name))
      .map(([name, item]) => [name, withoutClickIds(item, depth + 1)]),
  );
}

/** Other texts stay as they are, also those that look like half an address. */
function textWithoutClickIds(text: string): string {
  const cut = text.replaceAll(clickIdInUrl, "$1");
  if (cut === text) return text;
  return cut
    .replaceAll(/&{2,}/g, "&")
    .replaceAll(/([?#])&/g, "$1")
    .replaceAll(/[?&]+(?=#|$)|#$/g, "");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
