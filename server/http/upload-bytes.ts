import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { ImportFailed } from "../leads/lead-import-failure.ts";
import { interruptible } from "../operations/interruptible.ts";

export interface UploadLimits {
  /** Of the bytes that arrive, and of what they are when they are unpacked. */
  readonly maxBytes: number;
  /** How long the sender may send nothing. */
  readonly idleMs: number;
}

/** What a sender sends, as it arrives and not faster than it is read. Throws ImportFailed when it ends badly. */
export function uploadBytes(
  request: IncomingMessage,
  body: Readable,
  isGzip: boolean,
  limits: UploadLimits,
): AsyncGenerator<Buffer> {
  const arriving = limited(
    interruptible(received(request, body), {
      idle: {
        ms: limits.idleMs,
        error: () => new ImportFailed("UPLOAD_STALLED", "The sender sent nothing for too long."),
      },
    }),
    limits.maxBytes,
  );
  return isGzip ? limited(unpacked(arriving), limits.maxBytes) : arriving;
}

/** Leaves the stream open when the reader stops early: destroying it would take the connection away from the answer. */
async function* received(request: IncomingMessage, body: Readable): AsyncGenerator<Buffer> {
  const onClose = () => {
    if (!request.complete) body.destroy(lost());
  };
  request.once("close", onClose);
  try {
    for await (const piece of body.iterator({ destroyOnReturn: false })) yield piece as Buffer;
  } catch (error) {
    throw lost(error);
  } finally {
    request.removeListener("close", onClose);
  }
  if (!request.complete && request.destroyed) throw lost();
}

function lost(cause?: unknown): ImportFailed {
  return new ImportFailed("CONNECTION_LOST", "The connection ended before the file did.", { cause });
}

async function* limited(bytes: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const piece of bytes) {
    total += piece.length;
    if (total > maxBytes) {
      throw new ImportFailed("FILE_TOO_LARGE", `A file may have at most ${maxBytes.toLocaleString("en")} bytes.`);
    }
    yield piece;
  }
}

async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const feeding = pipeline(Readable.from(packed, { objectMode: false }), gunzip);
  feeding.catch(() => undefined); // the loop throws it as well
  try {
    for await (const piece of gunzip) yield piece as Buffer;
  } catch (error) {
    if (error instanceof ImportFailed) throw error;
    throw new ImportFailed("FILE_UNREADABLE", "The compressed bytes are broken.", { cause: error });
  }
}
