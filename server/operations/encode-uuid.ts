const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** Both characters of each 10 bits. */
const pairs = Array.from(alphabet, (first) => Array.from(alphabet, (second) => first + second)).flat();

/**
 * The 26 characters of a TypeID's suffix: two zero bits and the uuid's 128, in Crockford's base32
 * (https://github.com/jetify-com/typeid/tree/main/spec). typeid-js takes fifteen times as long, and a page has hundreds of ids.
 */
export function encodeUuid(uuid: string): string {
  const a = word(uuid, 0, 8);
  const b = (word(uuid, 9, 13) << 16) | word(uuid, 14, 18);
  const c = (word(uuid, 19, 23) << 16) | word(uuid, 24, 28);
  const d = word(uuid, 28, 36);
  return (
    pair(a >>> 24) +
    pair(a >>> 14) +
    pair(a >>> 4) +
    pair((a << 6) | (b >>> 26)) +
    pair(b >>> 16) +
    pair(b >>> 6) +
    pair((b << 4) | (c >>> 28)) +
    pair(c >>> 18) +
    pair(c >>> 8) +
    pair((c << 2) | (d >>> 30)) +
    pair(d >>> 20) +
    pair(d >>> 10) +
    pair(d)
  );
}

function word(uuid: string, start: number, end: number): number {
  return Number.parseInt(uuid.slice(start, end), 16);
}

function pair(bits: number): string {
  return pairs[bits & 1023] ?? "";
}
