import type { Readable } from "node:stream";

export interface DrainLimits {
  readonly maxBytes: number;
  readonly maxMs: number;
}

/**
 * Reads on and forgets what comes. A connection that is closed with unread bytes is reset, and a sender who is still sending
 * gets that instead of the answer. Within limits: nobody has to be listened to for ever.
 */
export function drain(stream: Readable, { maxBytes, maxMs }: DrainLimits): Promise<void> {
  if (stream.readableEnded || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) finish();
    };
    const finish = () => {
      clearTimeout(timer);
      stream.off("data", onData).off("end", finish).off("close", finish);
      resolve();
    };
    const timer = setTimeout(finish, maxMs);
    stream.on("data", onData).once("end", finish).once("close", finish);
    stream.resume();
  });
}
