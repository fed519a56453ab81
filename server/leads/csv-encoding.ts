import { isAscii } from "node:buffer";
import { TextDecoder } from "node:util";
import type { LeadImportEncoding } from "../../schema/lead-import-text.ts";

export type TextEncoding = Exclude<LeadImportEncoding, "AUTO">;

const labels = { UTF_8: "utf-8", UTF_16LE: "utf-16le", WINDOWS_1252: "windows-1252" } as const satisfies Record<
  TextEncoding,
  string
>;

/** Bytes that tell whether there is a byte order mark. */
const markBytes = 3;

/**
 * Decodes a file that arrives in pieces. AUTO: a byte order mark decides; else all is ASCII, the same in both encodings, up
 * to the first piece with other bytes, and that is UTF-8 if it is valid UTF-8, else Windows-1252. What can't be decoded
 * becomes U+FFFD, so that one bad row doesn't spoil the file.
 */
export class TextReader {
  #pending: Buffer = Buffer.alloc(0);
  #isBegun = false;
  #decoder: TextDecoder | undefined;
  #encoding: TextEncoding = "UTF_8";

  constructor(wanted: LeadImportEncoding) {
    if (wanted !== "AUTO") this.#choose(wanted);
  }

  get encoding(): TextEncoding {
    return this.#encoding;
  }

  read(piece: Buffer): string {
    if (this.#decoder !== undefined) return this.#decoder.decode(piece, { stream: true });
    const bytes = this.#pending.length === 0 ? piece : Buffer.concat([this.#pending, piece]);
    if (!this.#isBegun && bytes.length < markBytes) {
      this.#pending = bytes;
      return "";
    }
    return this.#decide(bytes);
  }

  end(): string {
    const rest = this.#decoder === undefined && this.#pending.length > 0 ? this.#decide(this.#pending) : "";
    return rest + (this.#decoder?.decode() ?? "");
  }

  #decide(bytes: Buffer): string {
    const mark = this.#isBegun ? undefined : encodingOfMark(bytes);
    this.#isBegun = true;
    this.#pending = Buffer.alloc(0);
    if (mark === undefined && isAscii(bytes)) return bytes.toString("latin1");
    return this.#choose(mark ?? (isUtf8Start(bytes) ? "UTF_8" : "WINDOWS_1252")).decode(bytes, { stream: true });
  }

  #choose(encoding: TextEncoding): TextDecoder {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(labels[encoding]);
    return this.#decoder;
  }
}

function encodingOfMark(bytes: Buffer): TextEncoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "UTF_8";
  return bytes[0] === 0xff && bytes[1] === 0xfe ? "UTF_16LE" : undefined;
}

/** Whether this is valid UTF-8; a character may be cut at the end. */
function isUtf8Start(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false; // the decoder's way of saying no
  }
}
