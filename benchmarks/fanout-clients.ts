import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { fanoutQuery, messagePrefix, momentLength, operationId, sharedNow } from "./fanout-events.ts";

// The load generator's process: sockets that count what they get. It reads frames by their length and the moment by its
// place, because a real client would need more of the machine than the server that is measured.

export interface ClientsQuestion {
  readonly open?: { readonly port: number; readonly count: number; readonly credential: string | undefined };
  /** Starts to count anew. */
  readonly reset?: boolean;
}

export interface ClientsAnswer {
  readonly connections: number;
  /** Sockets whose subscription the server has confirmed. */
  readonly live: number;
  readonly messages: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

const prefix = Buffer.from(messagePrefix);
const emptyPong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
const readBuffer = Buffer.allocUnsafe(64 * 1024);
const clients: Client[] = [];
let messages = 0;
let live = 0;
let latencies: number[] = [];

/** The moment's digits as a number, without a text in between. */
function momentAt(bytes: Buffer, from: number): number {
  let whole = 0;
  let scale = 0;
  for (let index = from; index < from + momentLength; index += 1) {
    const code = bytes[index] ?? 0;
    if (code === 0x2e) scale = 1;
    else {
      whole = whole * 10 + (code - 0x30);
      scale *= 10;
    }
  }
  return scale === 0 ? whole : whole / scale;
}

class Client {
  readonly #socket: Socket;
  readonly #credential: string | undefined;
  #rest: Buffer | undefined;
  #isOpen = false;
  #isLive = false;
  readonly opened: Promise<void>;

  constructor(port: number, credential: string | undefined) {
    this.#credential = credential;
    let opened = (): void => undefined;
    this.opened = new Promise((resolve) => (opened = resolve));
    // All read into one buffer: one of its own for each read is most of what a client costs.
    const onread = {
      buffer: readBuffer,
      callback: (length: number): boolean => {
        this.#read(readBuffer.subarray(0, length), opened);
        return true;
      },
    };
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true, onread });
    this.#socket.on("error", (error) => {
      throw error;
    });
    this.#socket.write(
      `GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
    );
  }

  #read(chunk: Buffer, opened: () => void): void {
    let bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = undefined;
    if (!this.#isOpen) {
      const end = bytes.indexOf("\r\n\r\n");
      if (end === -1) return void (this.#rest = Buffer.from(bytes));
      this.#isOpen = true;
      bytes = bytes.subarray(end + 4);
      if (this.#credential === undefined) this.#becomeLive(opened);
      else this.#send({ type: "connection_init", payload: { authorization: `Bearer ${this.#credential}` } });
    }
    let offset = 0;
    while (bytes.length - offset >= 2) {
      const short = (bytes[offset + 1] ?? 0) & 0x7f;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length - offset < header) break;
      const length =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(offset + 2) : bytes.readUInt32BE(offset + 6);
      if (bytes.length - offset < header + length) break;
      this.#frame(bytes, offset, offset + header, opened);
      offset += header + length;
    }
    if (offset < bytes.length) this.#rest = Buffer.from(bytes.subarray(offset)); // the next read overwrites it
  }

  #frame(bytes: Buffer, frame: number, start: number, opened: () => void): void {
    if (bytes[frame] === 0x89) return void this.#socket.write(emptyPong); // who doesn't answer is taken for dead
    const isEvent = bytes.compare(prefix, 0, 12, start, start + 12) === 0;
    if (isEvent) {
      messages += 1;
      latencies.push(sharedNow() - momentAt(bytes, start + prefix.length));
      return;
    }
    const text = bytes.toString("utf8", start, Math.min(bytes.length, start + 40));
    if (text.startsWith('{"type":"connection_ack"')) {
      this.#send({ id: operationId, type: "subscribe", payload: { query: fanoutQuery } });
    } else if (text.startsWith('{"type":"ping"')) {
      if (!this.#isLive) this.#becomeLive(opened);
    } else {
      throw new Error(`unexpected: ${bytes.toString("utf8", start, start + 500)}`);
    }
  }

  #becomeLive(opened: () => void): void {
    this.#isLive = true;
    live += 1;
    opened();
  }

  #send(message: object): void {
    const payload = Buffer.from(JSON.stringify(message));
    const header =
      payload.length < 126
        ? Buffer.from([0x81, 0x80 | payload.length])
        : Buffer.from([0x81, 0xfe, payload.length >> 8, payload.length & 0xff]);
    // A mask of zeros is a mask.
    this.#socket.write(Buffer.concat([header, Buffer.alloc(4), payload]));
  }
}

const atOnce = 100;

async function open({ port, count, credential }: NonNullable<ClientsQuestion["open"]>): Promise<void> {
  for (let done = 0; done < count; done += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, count - done) }, () => new Client(port, credential));
    clients.push(...some);
    await Promise.all(some.map(({ opened }) => opened));
  }
}

function answer(): ClientsAnswer {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { connections: clients.length, live, messages, p50: at(0.5), p99: at(0.99), worst: at(1) };
}

process.on("disconnect", () => process.exit());
process.on("message", (question: ClientsQuestion) => {
  void (async () => {
    if (question.reset === true) {
      messages = 0;
      latencies = [];
    }
    if (question.open !== undefined) await open(question.open);
    process.send?.(answer());
  })();
});
process.send?.({ port: 0 });
