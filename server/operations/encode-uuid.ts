const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** The value of each hexadecimal digit, by its character code. */
const nibbles = new Uint8Array(128);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  nibbles[digit.charCodeAt(0)] = value;
  nibbles[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Both characters of each 10 bits. */
const pairs = Array.from(alphabet, (first) => Array.from(alphabet, (second) => first + second)).flat();

/**
 * The 26 characters of a TypeID's suffix: two zero bits and the uuid's 128, in Crockford's base32
 * (https://github.com/jetify-com/typeid/tree/main/spec). typeid-js takes ten times as long, and a page has hundreds of ids.
 */
export function encodeUuid(uuid: string): string {
  const a = (half(uuid, 0) << 16) | half(uuid, 4);
  const b = (half(uuid, 9) << 16) | half(uuid, 14);
  const c = (half(uuid, 19) << 16) | half(uuid, 24);
  const d = (half(uuid, 28) << 16) | half(uuid, 32);
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

/** 16 bits of four digits. */
function half(uuid: string, at: number): number {
  return (nibble(uuid, at) << 12) | (nibble(uuid, at + 1) << 8) | (nibble(uuid, at + 2) << 4) | nibble(uuid, at + 3);
}

function nibble(uuid: string, at: number): number {
  return nibbles[uuid.charCodeAt(at)] ?? 0;
}

function pair(bits: number): string {
  return pairs[bits & 1023] ?? "";
}
