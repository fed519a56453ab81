/** Deeper values are left out: no condition can sensibly ask for them, and nesting without end would cost a stack. */
const maxDepth = 8;

/**
 * A copy without keys that every object has (`__proto__`, `constructor`, `toString`, …): such a key could change a prototype,
 * or make the comparison of a value throw.
 */
export function plainAttributes(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return plainObject(attributes, 0);
}

function plainObject(object: object, depth: number): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    if (key in Object.prototype) continue;
    if (typeof value !== "object" || value === null) plain[key] = value;
    else if (depth < maxDepth) plain[key] = plainValue(value, depth + 1);
  }
  return plain;
}

function plainValue(value: object, depth: number): unknown {
  if (!Array.isArray(value)) return plainObject(value, depth);
  return value
    .filter((item) => depth < maxDepth || typeof item !== "object" || item === null)
    .map((item: unknown) => (typeof item === "object" && item !== null ? plainValue(item, depth + 1) : item));
}
