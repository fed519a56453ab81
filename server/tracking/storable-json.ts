import { eventLimits } from "./event-limits.ts";

/** What PostgreSQL's jsonb refuses (NUL, half a surrogate pair), and keys that would reach into a reader's prototypes. */
const suspicious = /\\u0000|\\ud[89a-f]|__proto__|"constructor"/;

/**
 * A value's JSON as jsonb takes it and anybody may read it; undefined when it is nested too deep. NUL and halves of surrogate pairs become
 * U+FFFD, so that an event isn't lost for one character. JSON.stringify writes both as escapes, which are rare: most
 * values are only looked at as one text.
 */
export function storableJson(value: object): string | undefined {
  const text = stringify(value);
  if (text === undefined || isTooDeep(text)) return undefined;
  return suspicious.test(text) ? JSON.stringify(cleaned(value)) : text;
}

function stringify(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // deeper than the stack
    throw error;
  }
}

/** Brackets in texts make it look deeper than it is; then it is counted with care. */
function isTooDeep(text: string): boolean {
  let opened = 0;
  for (let at = 0; at < text.length && opened <= eventLimits.depth; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 0x7b || character === 0x5b) opened += 1;
  }
  return opened > eventLimits.depth && deepest(text) > eventLimits.depth;
}

function deepest(text: string): number {
  let [depth, most, isInText] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isInText && character === "\\") at += 1;
    else if (character === '"') isInText = !isInText;
    else if (isInText) continue;
    else if (character === "{" || character === "[") most = Math.max(most, (depth += 1));
    else if (character === "}" || character === "]") depth -= 1;
  }
  return most;
}

function cleaned(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !reachesPrototype(key, item))
      .map(([key, item]) => [storableText(key), cleaned(item)]),
  );
}

function reachesPrototype(key: string, value: unknown): boolean {
  if (key === "__proto__") return true;
  return key === "constructor" && typeof value === "object" && value !== null && Object.hasOwn(value, "prototype");
}

function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}
