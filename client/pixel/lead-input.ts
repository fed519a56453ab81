import { prefixed, type Touch } from "./touch.ts";

/** What of a form belongs to a lead itself; whatever else has a name is an attribute. */
const leadFields = /^(?:email|phone|externalId|name|company|source|message|honeypot)$/;

/** The input of `captureLead`, from a form's names and values. */
export function toLeadInput(
  fields: readonly (readonly [string, unknown])[],
  consent: readonly object[],
  anonymousId: string | undefined,
  first: Touch,
  last: Touch,
): object {
  const tags: string[] = [];
  const attributes: Record<string, unknown> = { ...first.clickIds, ...last.clickIds, anonymousId };
  const input: Record<string, unknown> = { origin: first.origin, consent, tags, attributes };
  for (const [name, value] of Object.entries(last.origin)) {
    attributes[prefixed("last", name)] = value;
  }
  for (const [name, value] of fields) {
    if (typeof value !== "string" || !value) continue; // a file, or nothing
    if (name === "tags") tags.push(value);
    else if (leadFields.test(name)) input[name] = value;
    else attributes[name] = Object.keys(attributes).includes(name) ? [attributes[name], value].flat() : value;
  }
  return input;
}
