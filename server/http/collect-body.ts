import { isUtf8 } from "node:buffer";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { eventLimits } from "../tracking/event-limits.ts";
import { HttpRefusal } from "./http-refusal.ts";

const unzip = promisify(gunzip);

/**
 * The JSON in a body, whatever its labels say: beacons call it text/plain, and one of the public clients calls gzip a form. So it is
 * told by its first bytes.
 */
export async function readCollectBody(body: unknown): Promise<unknown> {
  if (!Buffer.isBuffer(body) || body.length === 0) throw new HttpRefusal(400, "The body is empty.");
  const bytes = body[0] === 0x1f && body[1] === 0x8b ? await unzipped(body) : body;
  if (!isUtf8(bytes)) throw new HttpRefusal(400, "The body isn't UTF-8.");
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch (error) {
    throw new HttpRefusal(400, "The body isn't JSON.", { cause: error });
  }
}

async function unzipped(body: Buffer): Promise<Buffer> {
  try {
    return await unzip(body, { maxOutputLength: eventLimits.bodyBytes });
  } catch (error) {
    const isTooLarge = error instanceof RangeError; // ERR_BUFFER_TOO_LARGE
    if (isTooLarge) throw new HttpRefusal(413, "The body has more than 512 kB when it is unpacked.", { cause: error });
    throw new HttpRefusal(400, "The body begins like gzip and isn't.", { cause: error });
  }
}
