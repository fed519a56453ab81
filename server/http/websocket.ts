import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance } from "fastify";
import { handleProtocols } from "graphql-ws";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { JournalRecord } from "../journal/entry.ts";
import { limits } from "../operations/limits.ts";
import type { Principal } from "../operations/principal.ts";
import { isAbout } from "../operations/standing-principal.ts";
import type { ConnectionLimit } from "./connection-limit.ts";
import { FrameFlusher } from "./frame-writer.ts";
import { type RawRefusal, refuseOnSocket } from "./raw-answer.ts";
import { plainAddress } from "./request-context.ts";
import { closeCodes, SocketConnection } from "./websocket-connection.ts";
import { CloseSocket, createSocketProtocol, type SocketOperationsOptions } from "./websocket-operations.ts";

export interface WebSocketOptions extends Omit<SocketOperationsOptions, "admit" | "isStillValid"> {
  readonly path: string;
  readonly validity: Validity;
  /** Believe X-Forwarded-For, as the HTTP routes do. */
  readonly trustProxy: boolean;
  /** Shared with the event streams. */
  readonly connectionLimit: ConnectionLimit;
  /** How often credentials and the other side are checked, and places are told. */
  readonly sweepMs?: number;
}

/** AuthService, as long-lived connections see it. */
export interface Validity {
  isStillValid(principal: Principal): Promise<boolean>;
  /** True: the entry changed somebody's rights. */
  observe(entry: { readonly tenantId: string; readonly type: string }): boolean;
}

export interface WebSockets {
  readonly size: number;
  /** Bytes that wait in this process for slow connections. */
  readonly unwrittenBytes: number;
  /** Shows it the entries of the journal, some of which revoke credentials: whoever lost his has been sent away when it resolves. */
  observe(record: JournalRecord): Promise<void> | undefined;
  /** Sends everybody away; resolves when all have gone. */
  close(): Promise<void>;
}

/** GraphQL over WebSocket on the HTTP server of the app. */
export function addWebSocket(app: FastifyInstance, options: WebSocketOptions): WebSockets {
  const server = new GraphqlSockets(options);
  app.server.on("upgrade", (request, socket, head) => server.upgrade(request, socket, head));
  return server;
}

/** What graphql-ws throws at a client that sends what only servers send. */
const serversMessage = /^Unexpected message of type /;

class GraphqlSockets implements WebSockets {
  readonly #options: WebSocketOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.maxBodyBytes,
    clientTracking: false,
    handleProtocols: (protocols) => handleProtocols(protocols),
  });
  readonly #flusher = new FrameFlusher();
  readonly #connections = new Set<SocketConnection>();
  readonly #protocol: ReturnType<typeof createSocketProtocol>;
  readonly #sweep: NodeJS.Timeout;
  #isClosing = false;

  constructor(options: WebSocketOptions) {
    this.#options = options;
    this.#server.on("wsClientError", (error, socket) =>
      refuseOnSocket(socket, { status: 400, message: error.message }),
    );
    this.#protocol = createSocketProtocol({
      ...options,
      admit: (connection) => this.#admit(connection),
      isStillValid: (principal) => options.validity.isStillValid(principal),
    });
    this.#sweep = setInterval(() => this.#check(), options.sweepMs ?? 15_000);
    this.#sweep.unref();
  }

  get size(): number {
    return this.#connections.size;
  }

  get unwrittenBytes(): number {
    let bytes = 0;
    for (const { writer } of this.#connections) bytes += writer.unwrittenBytes;
    return bytes;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#isClosing || pathOf(request) !== this.#options.path) {
      const refusal: RawRefusal = this.#isClosing
        ? { status: 503, message: "The server is being stopped. Try again in a moment.", code: "UNAVAILABLE" }
        : { status: 404, message: "There is nothing at this address." };
      return refuseOnSocket(socket, refusal);
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#opened(webSocket, socket, request));
  }

  observe(record: JournalRecord): Promise<void> | undefined {
    if (!this.#options.validity.observe(record)) return undefined;
    const checks: Promise<void>[] = [];
    for (const connection of this.#connections) {
      if (tenantOf(connection.principal) !== record.tenantId) continue;
      const isConcerned = isAbout(record, connection.principal);
      const check = this.#checkCredential(connection, isConcerned);
      if (isConcerned) checks.push(check);
    }
    return checks.length === 0 ? undefined : Promise.all(checks).then(() => undefined);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#sweep);
    const closed = [...this.#connections].map(
      (connection) => new Promise((resolve) => connection.webSocket.once("close", resolve)),
    );
    for (const connection of this.#connections) connection.close(closeCodes.restart);
    await Promise.all(closed);
  }

  #opened(webSocket: WebSocket, socket: Duplex, request: IncomingMessage): void {
    const connection = new SocketConnection(webSocket, socket, this.#flusher, {
      address: callerAddress(request, this.#options.trustProxy),
      userAgent: request.headers["user-agent"] ?? null,
      origin: request.headers.origin,
      authorization: request.headers.authorization,
      now: this.#options.runner.now,
    });
    this.#connections.add(connection);
    const closed = this.#protocol.opened(
      {
        protocol: webSocket.protocol,
        send: (message) => connection.send(message),
        close: (code, reason) => connection.close({ code, reason: reason ?? "" } as (typeof closeCodes)["restart"]),
        onMessage: (onMessage) => {
          webSocket.on("message", (message) => {
            connection.isAlive = true;
            onMessage(textOf(message)).catch((error: unknown) => this.#fail(connection, error));
          });
        },
      },
      connection,
    );
    webSocket.on("pong", () => (connection.isAlive = true));
    webSocket.on("error", () => undefined); // "close" follows
    webSocket.once("close", (code, reason) => {
      this.#connections.delete(connection);
      if (connection.admittedAs !== undefined) this.#options.connectionLimit.give(connection.admittedAs);
      connection.ended();
      closed(code, String(reason)).catch((error: unknown) => this.#options.log.error({ err: error }, "a socket's end"));
    });
  }

  #fail(connection: SocketConnection, error: unknown): void {
    if (error instanceof CloseSocket) return connection.close(error.reason);
    if (error instanceof Error && serversMessage.test(error.message)) return connection.close(closeCodes.badRequest);
    this.#options.log.error({ err: error }, "a message on a socket failed");
    connection.close(closeCodes.internalError);
  }

  #admit(connection: SocketConnection): boolean {
    connection.admittedAs = this.#options.connectionLimit.take(connection.principal);
    return connection.admittedAs !== undefined;
  }

  #check(): void {
    this.#options.subscriptions.tellPositions();
    for (const connection of this.#connections) {
      if (!connection.isAlive) {
        connection.webSocket.terminate();
        continue;
      }
      connection.isAlive = false;
      connection.webSocket.ping();
      void this.#checkCredential(connection);
    }
  }

  /** `isDoubtful`: an entry says that its rights have changed. */
  async #checkCredential(connection: SocketConnection, isDoubtful = false): Promise<void> {
    const { principal } = connection;
    try {
      const isValid = await this.#options.validity.isStillValid(principal);
      if (!isValid && connection.principal === principal) connection.close(closeCodes.credentialEnded);
    } catch (error) {
      // Neither valid nor revoked: the next check will tell, or the next connection. What is read needs the database, too.
      this.#options.log.warn({ err: error }, "a socket's credential couldn't be checked");
      if (isDoubtful) connection.close(closeCodes.unavailable);
    }
  }
}

/** Without URL, which throws at an address such as `//`. */
function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}

/** fastify tells it for requests; an upgrade passes fastify by. */
function callerAddress({ headers, socket }: IncomingMessage, trustProxy: boolean): string | null {
  const forwarded = trustProxy ? headers["x-forwarded-for"] : undefined;
  const first = (Array.isArray(forwarded) ? forwarded[0] : forwarded)?.split(",")[0]?.trim();
  const address = first === undefined || first === "" ? socket.remoteAddress : first;
  return address === undefined ? null : plainAddress(address);
}

/** One message: a Buffer with ws's default binaryType, the other forms for the types' sake. */
function textOf(message: RawData): string {
  if (Array.isArray(message)) return Buffer.concat(message).toString();
  return Buffer.isBuffer(message) ? message.toString() : Buffer.from(message).toString();
}

function tenantOf(principal: Principal): string | undefined {
  return principal.kind === "ANONYMOUS" ? undefined : principal.tenantId;
}
