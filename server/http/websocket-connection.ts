import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Principal } from "../operations/principal.ts";
import { type FrameFlusher, FrameWriter, textFrame } from "./frame-writer.ts";

/** How long a connection may take nothing before it is closed. Its client comes back and goes on where it was. */
const drainTimeoutMs = 15_000;
/** Closing waits this long for the other side. */
const closeTimeoutMs = 2_000;
const maxTimerMs = 2_147_483_647;

export const closeCodes = {
  internalError: { code: 1011, reason: "Internal error" },
  restart: { code: 1012, reason: "The server restarts" },
  tooSlow: { code: 1013, reason: "Too slow: come back and go on from the last cursor" },
  tooMany: { code: 1013, reason: "Too many connections" },
  unavailable: { code: 1013, reason: "Try again later" },
  badRequest: { code: 4400, reason: "Bad request" },
  unauthorized: { code: 4401, reason: "Unauthorized" },
  credentialEnded: { code: 4403, reason: "The credential has expired or was revoked" },
  tooManyOperations: { code: 4429, reason: "Too many operations" },
} as const;

export type CloseReason = (typeof closeCodes)[keyof typeof closeCodes];

/** One WebSocket: who it belongs to, what it has to write, when it ends. */
export class SocketConnection {
  readonly webSocket: WebSocket;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly origin: string | undefined;
  /** The Authorization header of the upgrade request. */
  readonly authorization: string | undefined;
  readonly #socket: Duplex;
  /** Writes prepared frames. */
  readonly writer: FrameWriter;
  readonly #now: () => Date;
  readonly #abort = new AbortController();
  #principal: Principal = { kind: "ANONYMOUS" };
  #expiry: NodeJS.Timeout | undefined;
  #drain: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;
  #drainTimer: NodeJS.Timeout | undefined;
  #positions: Record<string, string> | undefined;
  /** Answered the last ping, or is too young to have got one. */
  isAlive = true;
  operations = 0;
  /** Whose connections it counts among. */
  admittedAs: string | undefined;

  constructor(
    webSocket: WebSocket,
    socket: Duplex,
    flusher: FrameFlusher,
    request: Pick<SocketConnection, "address" | "userAgent" | "origin" | "authorization"> & {
      readonly now: () => Date;
    },
  ) {
    this.#now = request.now;
    this.webSocket = webSocket;
    this.#socket = socket;
    this.writer = new FrameWriter(webSocket, socket, flusher);
    this.address = request.address;
    this.userAgent = request.userAgent;
    this.origin = request.origin;
    this.authorization = request.authorization;
  }

  /** Aborted when the connection has ended. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get principal(): Principal {
    return this.#principal;
  }

  /** Takes a credential over; the connection ends when it does. */
  authenticated(principal: Principal): void {
    this.#principal = principal;
    clearTimeout(this.#expiry);
    this.#expiry = undefined;
    if (principal.kind !== "ANONYMOUS" && principal.expiresAt !== null) this.#closeAt(principal.expiresAt.getTime());
  }

  get isReady(): boolean {
    return this.writer.isReady;
  }

  /**
   * Resolves when the connection has taken what waited. Never after its end: whoever waits is closed together with it, and
   * one that asked again and again would keep the process from getting there.
   */
  ready(): Promise<void> {
    if (this.#abort.signal.aborted) return new Promise(() => undefined);
    if (this.isReady) return Promise.resolve();
    if (this.#drain === undefined) {
      this.#drain = Promise.withResolvers<void>();
      this.writer.flush();
      this.#socket.once("drain", this.#onDrain);
      this.#drainTimer = setTimeout(() => this.close(closeCodes.tooSlow), drainTimeoutMs);
    }
    return this.#drain.promise;
  }

  readonly #onDrain = () => {
    clearTimeout(this.#drainTimer);
    this.#socket.off("drain", this.#onDrain);
    const drain = this.#drain;
    this.#drain = undefined;
    drain?.resolve();
  };

  /** Sends a message of the protocol after all that was written. */
  async send(message: string): Promise<void> {
    this.writer.flush();
    if (this.webSocket.readyState !== this.webSocket.OPEN) return;
    await new Promise<void>((resolve) => this.webSocket.send(message, () => resolve()));
  }

  /** Tells in a ping how far an operation's feed has come; what comes up in the same moment is told together. */
  tellPosition(id: string, cursor: string): void {
    if (this.#positions === undefined) {
      this.#positions = {};
      queueMicrotask(() => this.#sendPositions());
    }
    this.#positions[id] = cursor;
  }

  close({ code, reason }: CloseReason): void {
    this.writer.flush();
    this.webSocket.close(code, reason);
    const timer = setTimeout(() => this.webSocket.terminate(), closeTimeoutMs);
    this.webSocket.once("close", () => clearTimeout(timer));
  }

  /** The WebSocket has closed. */
  ended(): void {
    clearTimeout(this.#expiry);
    this.writer.close();
    this.#abort.abort();
    this.#onDrain();
  }

  #sendPositions(): void {
    const cursors = this.#positions;
    this.#positions = undefined;
    this.writer.write(textFrame(JSON.stringify({ type: "ping", payload: { cursors } })));
  }

  #closeAt(time: number): void {
    const ms = time - this.#now().getTime();
    this.#expiry =
      ms > maxTimerMs
        ? setTimeout(() => this.#closeAt(time), maxTimerMs)
        : setTimeout(() => this.close(closeCodes.credentialEnded), Math.max(0, ms));
    this.#expiry.unref();
  }
}
