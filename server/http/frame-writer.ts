import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";

// Writing frames past ws is outside of its public API, so it happens in this file only. What makes it safe: no message
// is fragmented or compressed here, so ws writes each of its own frames to the socket in one go as well.

/** Messages of this time leave together. Less than the hub's pause between two reads, which does the most of it. */
const windowMs = 5;
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

/** Frames that leave together. Connections with the same frames share one batch, so they are joined once for all. */
class Batch {
  readonly #before: Batch | undefined;
  readonly #frames: Buffer;
  readonly bytes: number;
  #joined: Buffer | undefined;
  #next: Batch | undefined;

  constructor(frames: Buffer, before?: Batch) {
    this.#frames = frames;
    this.#before = before;
    this.bytes = frames.length + (before?.bytes ?? 0);
  }

  begins(frames: Buffer): boolean {
    return this.#before === undefined && this.#frames === frames;
  }

  /** This batch and more frames. The last answer is remembered: the next connection mostly asks for the same. */
  with(frames: Buffer): Batch {
    if (this.#next === undefined || this.#next.#frames !== frames) this.#next = new Batch(frames, this);
    return this.#next;
  }

  get joined(): Buffer {
    if (this.#before === undefined) return this.#frames;
    return (this.#joined ??= Buffer.concat(this.#all()));
  }

  #all(): Buffer[] {
    const all = [this.#frames];
    for (let batch = this.#before; batch !== undefined; batch = batch.#before) all.push(batch.#frames);
    return all.toReversed();
  }
}

/** Flushes the writers that have something: after this turn of the event loop, or at the end of their window. */
export class FrameFlusher {
  #waiting: FrameWriter[] = [];
  #spare: FrameWriter[] = [];
  #first: Batch | undefined;
  #isScheduled = false;
  #windowEnd = 0;

  /** The batch that begins with these frames, the same one for all who ask in a row. */
  begin(frames: Buffer): Batch {
    if (this.#first?.begins(frames) !== true) this.#first = new Batch(frames);
    return this.#first;
  }

  add(writer: FrameWriter): void {
    this.#waiting.push(writer);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const early = this.#windowEnd - performance.now();
    if (early <= 0) setImmediate(this.#flush);
    else setTimeout(this.#flush, early);
  }

  readonly #flush = () => {
    this.#isScheduled = false;
    this.#first = undefined;
    const writers = this.#waiting;
    this.#waiting = this.#spare;
    this.#windowEnd = performance.now() + windowMs;
    for (const writer of writers) writer.flush();
    writers.length = 0;
    this.#spare = writers;
  };
}

/** Writes prepared frames to one WebSocket. What comes within a short time leaves together. */
export class FrameWriter {
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  readonly #flusher: FrameFlusher;
  readonly #isCompressed: boolean;
  #batch: Batch | undefined;
  #isWaiting = false;
  #isOpen = true;
  /** Set when the socket said so; whether it still holds is asked again each time. */
  #wasFull = false;

  /** `socket` is the connection below the WebSocket, as the upgrade handed it over. */
  constructor(webSocket: WebSocket, socket: Duplex, flusher: FrameFlusher) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#flusher = flusher;
    this.#isCompressed = webSocket.extensions !== "";
  }

  /** False while too much is waiting to be written. */
  get isReady(): boolean {
    this.#wasFull = this.unwrittenBytes >= maxUnwrittenBytes;
    return !this.#wasFull;
  }

  /** Bytes that the connection hasn't taken yet. */
  get unwrittenBytes(): number {
    const queued = this.#isCompressed ? this.#webSocket.bufferedAmount : this.#socket.writableLength;
    return queued + (this.#batch?.bytes ?? 0);
  }

  /** Frames of textFrame(), one or several. Returns whether it is ready for more. */
  write(frames: Buffer): boolean {
    if (!this.#isOpen) return true; // nobody is there to be slow
    if (this.#isCompressed) return this.#sendCompressed(frames);
    if (this.#batch === undefined) {
      this.#batch = this.#flusher.begin(frames);
    } else {
      if (this.#batch.bytes + frames.length > maxBatchBytes) this.flush();
      this.#batch = this.#batch === undefined ? this.#flusher.begin(frames) : this.#batch.with(frames);
    }
    if (!this.#isWaiting) {
      this.#isWaiting = true;
      this.#flusher.add(this);
    }
    return !this.#wasFull || this.isReady;
  }

  /** Writes what waits: before anything that ws itself sends and that has to come after it. */
  flush(): void {
    const batch = this.#batch;
    this.#isWaiting = false;
    if (batch === undefined) return;
    this.#batch = undefined;
    if (!this.#isOpen || this.#webSocket.readyState !== this.#webSocket.OPEN) return;
    if (!this.#socket.write(batch.joined)) this.#wasFull = this.#socket.writableLength >= maxUnwrittenBytes;
  }

  close(): void {
    this.#isOpen = false;
    this.#batch = undefined;
  }

  /** What was negotiated has to happen to the payloads: ws does it. */
  #sendCompressed(frames: Buffer): boolean {
    for (let offset = 0; offset < frames.length;) {
      const short = (frames[offset + 1] ?? 0) & 0x7f;
      const start = offset + (short < 126 ? 2 : short === 126 ? 4 : 10);
      const length =
        short < 126
          ? short
          : short === 126
            ? frames.readUInt16BE(offset + 2)
            : Number(frames.readBigUInt64BE(offset + 2));
      this.#webSocket.send(frames.subarray(start, start + length), { binary: false });
      offset = start + length;
    }
    return this.isReady;
  }
}
