let count = 0;

/**
 * A UUID of version 7 (RFC 9562): it begins with the time, by which the server knows the day of a message that comes late, and
 * counts within the page, so that ids sort as they were made. Not `crypto.randomUUID`, which pages without TLS don't have.
 */
export function uuid(nowMs = Date.now()): string {
  const time = nowMs.toString(16).padStart(12, "0");
  const order = (0x7000 + (count++ & 0xfff)).toString(16);
  const chance = Array.from(crypto.getRandomValues(new Uint16Array(4)), (part) =>
    (part | 0x1_0000).toString(16).slice(1),
  );
  return `${time + order}8${chance.join("").slice(1)}`.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
