/** Deeper values are left out: no condition can sensibly ask for them, and nesting without end would cost a stack. */
const maxDepth = 8;

/** Longer texts, and lists that are longer as text, are left out: tenants' patterns run over them in a process that all share. */
const maxText = 1_024;

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
    if (isLong(value)) continue;
    if (typeof value !== "object" || value === null) plain[key] = value;
    else if (depth < maxDepth) plain[key] = plainValue(value, depth + 1);
  }
  return plain;
}

function isLong(value: unknown): boolean {
  if (typeof value === "string") return value.length > maxText;
  return Array.isArray(value) && JSON.stringify(value).length > maxText;
}

function plainValue(value: object, depth: number): unknown {
  if (!Array.isArray(value)) return plainObject(value, depth);
  const items: unknown[] = value;
  return items.flatMap((item) => {
    if (typeof item !== "object" || item === null) return [item];
    return depth < maxDepth ? [plainValue(item, depth + 1)] : [];
  });
}
