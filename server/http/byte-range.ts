/** A part of a file: its first byte, and the one behind its last. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * What a Range header asks of a file (RFC 9110 §14): null is all of it, also for what isn't understood or has several
 * parts, as the RFC allows; "UNSATISFIABLE" begins behind its end.
 */
export function readRange(header: string | undefined, size: number): ByteRange | "UNSATISFIABLE" | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "");
  if (match === null) return null;
  const [, first = "", last = ""] = match;
  if (first === "") {
    if (last === "") return null;
    const length = Math.min(Number(last), size);
    return length === 0 ? "UNSATISFIABLE" : { from: size - length, to: size };
  }
  const from = Number(first);
  if (last !== "" && Number(last) < from) return null;
  if (from >= size) return "UNSATISFIABLE";
  return { from, to: last === "" ? size : Math.min(Number(last) + 1, size) };
}
