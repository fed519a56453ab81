const maxBytes = 16_384;

/** Whether it is small enough to be kept, and sent to whoever asks for a variant. */
export function isSmallJson(value: unknown): boolean {
  return value == null || Buffer.byteLength(JSON.stringify(value)) <= maxBytes;
}
