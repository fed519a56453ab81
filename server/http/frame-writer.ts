import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";

// Writing frames past ws is outside of its public API, so it happens in this file only. What makes it safe: no message
// is fragmented or compressed here, so ws writes each of its own frames to the socket in one go as well.

/** While a connection gets more than one message in this time, its messages leave together. */
const windowMs = 10;
/** More unwritten bytes than this: the connection doesn't keep up. */
const maxUnwrittenBytes = 256 * 1024;
/** Larger batches than this aren't shared: copying would cost more than it saves. */
const maxBatchBytes = 64 * 1024;

/** An unmasked, final text frame (RFC 6455, section 5.2). */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = 0x81;
  if (headerLength === 2) {
    frame[1] = length;
  } else if (headerLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, headerLength);
  return frame;
}

/** Frames that leave together. Connections with the same frames in their window share one, so they are joined once for all. */
class Batch {
  readonly #before: Batch | undefined;
  readonly #frame: Buffer;
  readonly bytes: number;
  #joined: Buffer | undefined;
  #next: Batch | undefined;

  constructor(frame: Buffer, before?: Batch) {
    this.#frame = frame;
    this.#before = before;
    this.bytes = frame.length + (before?.bytes ?? 0);
  }

  /** This batch and one more frame. The last answer is remembered: the next connection mostly asks for the same. */
  with(frame: Buffer): Batch {
    if (this.#next === undefined || this.#next.#frame !== frame) this.#next = new Batch(frame, this);
    return this.#next;
  }

  get joined(): Buffer {
    if (this.#before === undefined) return this.#frame;
    return (this.#joined ??= Buffer.concat(this.#frames()));
  }

  #frames(): Buffer[] {
    const frames: Buffer[] = [];
    for (let batch: Batch | undefined = this; batch !== undefined; batch = batch.#before) frames.push(batch.#frame);
    return frames.toReversed();
  }
}

/** Flushes the writers that wait for the end of their window: one timer for all connections. */
export class FrameFlusher {
  readonly #windowMs: number;
  #waiting: FrameWriter[] = [];
  #flushing: FrameWriter[] = [];
  #first: Batch | undefined;
  #firstFrame: Buffer | undefined;
  #timer: NodeJS.Timeout | undefined;
  #windowEnd = 0;

  constructor(flushWindowMs = windowMs) {
    this.#windowMs = flushWindowMs;
  }

  /** Whether the last messages left long enough ago that the next one can leave at once. */
  isQuiet(lastFlush: number): boolean {
    return this.now() - lastFlush >= this.#windowMs;
  }

  now(): number {
    return performance.now();
  }

  /** The batch that begins with this frame, the same one for all who ask in a row. */
  begin(frame: Buffer): Batch {
    if (this.#firstFrame !== frame || this.#first === undefined) {
      this.#first = new Batch(frame);
      this.#firstFrame = frame;
    }
    return this.#first;
  }

  add(writer: FrameWriter): void {
    this.#waiting.push(writer);
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#flush(), Math.max(1, this.#windowEnd - this.now()));
  }

  #flush(): void {
    this.#timer = undefined;
    this.#first = undefined;
    this.#firstFrame = undefined;
    const writers = this.#waiting;
    this.#waiting = this.#flushing;
    const startedAt = this.now();
    for (const writer of writers) writer.flush(startedAt);
    writers.length = 0;
    this.#flushing = writers;
    this.#windowEnd = startedAt + this.#windowMs;
  }
}

/** Writes prepared frames to one WebSocket: at once when it has been quiet, else together at the end of a short window. */
export class FrameWriter {
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  readonly #flusher: FrameFlusher;
  readonly #isCompressed: boolean;
  #batch: Batch | undefined;
  #isWaiting = false;
  #lastFlush = 0;

  /** `socket` is the connection below the WebSocket, as the upgrade handed it over. */
  constructor(webSocket: WebSocket, socket: Duplex, flusher: FrameFlusher) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#flusher = flusher;
    this.#isCompressed = webSocket.extensions !== "";
  }

  /** False while too much is waiting to be written. */
  get isReady(): boolean {
    return this.#socket.writableLength + (this.#batch?.bytes ?? 0) < maxUnwrittenBytes;
  }

  /** Bytes that the connection hasn't taken yet. */
  get unwrittenBytes(): number {
    return this.#socket.writableLength + (this.#batch?.bytes ?? 0);
  }

  /** A frame of textFrame(). */
  write(frame: Buffer): void {
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return;
    if (this.#isCompressed) {
      // What was negotiated has to happen to the payload: ws does it, from the start.
      this.#webSocket.send(payloadOf(frame), { binary: false });
      return;
    }
    if (this.#batch !== undefined) {
      if (this.#batch.bytes + frame.length > maxBatchBytes) this.flush(this.#flusher.now());
      this.#batch = this.#batch === undefined ? this.#flusher.begin(frame) : this.#batch.with(frame);
      this.#wait();
    } else if (this.#flusher.isQuiet(this.#lastFlush)) {
      this.#lastFlush = this.#flusher.now();
      this.#socket.write(frame);
    } else {
      this.#batch = this.#flusher.begin(frame);
      this.#wait();
    }
  }

  /** Writes what waits: before anything that ws itself sends and that has to come after it. */
  flush(now = this.#flusher.now()): void {
    this.#isWaiting = false;
    const batch = this.#batch;
    if (batch === undefined) return;
    this.#batch = undefined;
    this.#lastFlush = now;
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#socket.write(batch.joined);
  }

  #wait(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#flusher.add(this);
  }
}

function payloadOf(frame: Buffer): Buffer {
  const short = (frame[1] ?? 0) & 0x7f;
  return frame.subarray(short < 126 ? 2 : short === 126 ? 4 : 10);
}
