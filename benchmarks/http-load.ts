import { connect, type Socket } from "node:net";

export interface Target {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The only status that is expected: 200 without it. */
  readonly status?: number;
}

/** Posts the same request over and over on kept connections, one after the other on each. Returns how many were answered. */
export async function load(target: Target, connections: number, milliseconds: number): Promise<number> {
  const request = requestBytes(target);
  const end = performance.now() + milliseconds;
  const counts = await Promise.all(Array.from({ length: connections }, () => loop(target, request, end)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The body of one answer; throws unless its status is 200. */
export async function ask({ port, path, headers, body }: Target): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body,
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
  return text;
}

// Bytes that are made once and sent as they are: an HTTP client would take more of the machine than the servers do.
function requestBytes({ path, headers, body }: Target): Buffer {
  const lines = Object.entries({
    ...headers,
    host: "127.0.0.1",
    accept: "application/json",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
}

function loop({ port, status = 200 }: Target, request: Buffer, end: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let answered = 0;
    let missing = -1; // bytes of the answer still to come; -1: its head hasn't been read
    const socket: Socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    socket.on("connect", () => socket.write(request));
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      missing = missing < 0 ? readHead(chunk, status) : missing - chunk.length;
      if (missing > 0) return;
      missing = -1;
      answered += 1;
      if (performance.now() < end) socket.write(request);
      else socket.end(() => resolve(answered));
    });
  });
}

/** How many bytes of the body follow. Heads are far below a packet's size, so they come in one piece. */
function readHead(chunk: Buffer, status: number): number {
  const headEnd = chunk.indexOf("\r\n\r\n");
  const head = chunk.toString("latin1", 0, headEnd);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (!head.startsWith(`HTTP/1.1 ${status}`) || length === undefined) throw new Error(`unexpected answer: ${head}`);
  return Number(length) - (chunk.length - headEnd - 4);
}
