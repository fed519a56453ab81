import type { Duplex } from "node:stream";
import { type RawRefusal, refuseOnSocket } from "./raw-answer.ts";

/** Names and values of a request's headers, all together. */
export const maxHeaderBytes = 16 * 1024;

const refusals: Readonly<Record<string, RawRefusal>> = {
  HPE_HEADER_OVERFLOW: { status: 431, message: `The headers have more than ${maxHeaderBytes / 1024} kB.` },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, message: "The extensions of a chunk are too long." },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: "The request didn't arrive in time." },
};

/** What Node can't read as HTTP never becomes a request: it is answered on its socket, in the shape of every other error. */
export function answerClientError(error: Error, socket: Duplex): void {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  refuseOnSocket(socket, refusals[code] ?? { status: 400, message: "This isn't HTTP/1.1 as RFC 9112 defines it." });
}
