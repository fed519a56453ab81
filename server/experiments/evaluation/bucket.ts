/** Hashes have this many values: finer weights couldn't be kept. */
export const bucketCount = 10_000;

/**
 * Where a value falls in [0, 1): GrowthBook's hash, version 2. The package has it, too, but doesn't export it; here it only
 * says why somebody was left out, and tests compare the two.
 */
export function bucketOf(seed: string, value: string): number {
  return (fnv32a(String(fnv32a(seed + value))) % bucketCount) / bucketCount;
}

function fnv32a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index); // UTF-16 units, as all of GrowthBook's SDKs have it
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}
