import { type Client, CloseCode, createClient, MessageType } from "graphql-ws/client";
import type { Authorization } from "./authorization.ts";
import { type DocumentIds, isUnknownDocument } from "./document-ids.ts";
import { NexoraError } from "./errors.ts";
import { nodeWebSocket } from "./node-web-socket.ts";
import { backoffMs, type RetryOptions, sleep } from "./retry.ts";

/** Close code of a credential that has expired or was revoked: a new one may be accepted. */
const credentialEnded = 4403;
/** A connection that held this long was a good one: the next failure is a first one. */
const goodConnectionMs = 5_000;
const keepAliveMs = 15_000;
const pongTimeoutMs = 15_000;
const ackTimeoutMs = 15_000;

export interface SocketOptions {
  readonly url: string;
  readonly authorization: Authorization;
  readonly retry: Required<RetryOptions>;
  readonly documents: DocumentIds;
  /** A class like the browser's WebSocket, where there is no global one. */
  readonly webSocketImpl?: unknown;
}

/** One operation on the socket. */
export interface SocketOperation {
  readonly operationName?: string;
  readonly query: string;
  /** Sent in place of the text as long as the server knows it. */
  readonly documentId?: string;
  /** Read anew whenever the operation is sent, so that it goes on where it was. */
  readonly variables: Record<string, unknown>;
}

export interface SocketMessage {
  readonly data?: unknown;
  readonly errors?: readonly unknown[] | undefined;
  readonly extensions?: unknown;
}

export interface SocketSink {
  next(message: SocketMessage): void;
  error(error: unknown): void;
  complete(): void;
  /** The server's place in the feed, told when there was nothing to deliver. */
  position(cursor: string): void;
  /** The operation was sent, for the first time or again. */
  sent(): void;
  disconnected(): void;
}

/** The one WebSocket of a client: opened with the first subscription, closed after the last, reopened whenever it breaks. */
export class Socket {
  readonly #options: SocketOptions;
  readonly #authorization: Authorization;
  readonly #ids = new OperationIds();
  readonly #sinks = new Map<string, SocketSink>();
  #client: Client | undefined;
  #send: ((message: string) => void) | undefined;
  #failures = 0;
  #connectedAt = 0;
  #sentCredential: string | undefined;
  #refusedCredential: string | undefined;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#authorization = options.authorization;
  }

  /** Made when it is needed: without subscriptions nobody needs a WebSocket class. */
  #createClient(): Client {
    const { url, retry, webSocketImpl = nodeWebSocket() } = this.#options;
    let pongTimer: ReturnType<typeof setTimeout> | undefined;
    const client = createClient({
      url,
      webSocketImpl,
      retryAttempts: Number.POSITIVE_INFINITY,
      retryWait: () => sleep(backoffMs(this.#failures++, retry)),
      // Whatever the network does is worth another try; that nobody is signed in is not.
      shouldRetry: (error) => !(error instanceof NexoraError) || error.code !== "UNAUTHENTICATED",
      connectionParams: () => this.#connectionParams(),
      generateID: (payload) => this.#ids.next(payload),
      keepAlive: keepAliveMs,
      connectionAckWaitTimeout: ackTimeoutMs,
      on: {
        connected: (socket) => {
          this.#connectedAt = Date.now();
          this.#send = (message) => (socket as { send(text: string): void }).send(message);
        },
        message: (message) => {
          // Graphql-ws tells its sinks the payload only; the ids in a ping's cursors are ours to resolve.
          if (message.type === MessageType.Ping) this.#receivePing(message.payload);
        },
        ping: (isReceived) => {
          if (isReceived) return;
          clearTimeout(pongTimer);
          pongTimer = setTimeout(() => client.terminate(), pongTimeoutMs);
        },
        pong: (isReceived) => {
          if (isReceived) clearTimeout(pongTimer);
        },
        closed: (event) => {
          clearTimeout(pongTimer);
          this.#receiveClose(event);
        },
      },
    });
    return client;
  }

  /** Returns how to end it. */
  subscribe(operation: SocketOperation, sink: SocketSink): () => void {
    const client = (this.#client ??= this.#createClient());
    const { documents } = this.#options;
    let isOver = false;
    let release: () => void = () => undefined;
    let unsubscribe: () => void = () => undefined;
    const end = (tell?: () => void): void => {
      if (isOver) return; // graphql-ws also completes what was unsubscribed
      isOver = true;
      release();
      tell?.();
    };
    const start = (): void => {
      const payload = this.#payloadOf(operation, sink);
      // Each start has an id of its own: graphql-ws clears away the listener of an id a moment after it has ended.
      const id = this.#ids.reserve(payload, operation);
      this.#sinks.set(id, sink);
      release = () => {
        this.#sinks.delete(id);
        this.#ids.release(id);
      };
      unsubscribe = client.subscribe(payload, {
        next: (message) => {
          this.#failures = 0;
          if (!isOver) sink.next(message);
        },
        error: (error) => {
          const sentId = idToSend(operation, documents);
          if (isOver || sentId === undefined || !isUnknownDocument(error)) return end(() => sink.error(error));
          documents.forget(sentId);
          release();
          start();
        },
        complete: () => end(() => sink.complete()),
      });
    };
    start();
    return () => {
      end();
      unsubscribe();
    };
  }

  /** Graphql-ws serialises this very object again after each reconnect. */
  #payloadOf(operation: SocketOperation, sink: SocketSink) {
    const { documents } = this.#options;
    const { operationName, query } = operation;
    return {
      ...(operationName === undefined ? {} : { operationName }),
      get query() {
        return idToSend(operation, documents) === undefined ? query : "";
      },
      get extensions() {
        const documentId = idToSend(operation, documents);
        return documentId === undefined ? undefined : { documentId };
      },
      get variables() {
        queueMicrotask(() => sink.sent());
        return operation.variables;
      },
    };
  }

  /** A socket that stays open takes the new credential over, so that it isn't closed when the old one expires. */
  async announceCredential(): Promise<void> {
    const authorization = await this.#authorization.current();
    if (authorization === undefined || authorization === this.#sentCredential) return;
    this.#sentCredential = authorization;
    this.#send?.(JSON.stringify({ type: MessageType.Ping, payload: { authorization } }));
  }

  /** After close code 4401: whether there is another credential to come back with. */
  renewCredential(): Promise<boolean> {
    return this.#authorization.renew(this.#sentCredential);
  }

  async close(): Promise<void> {
    await this.#client?.dispose();
  }

  async #connectionParams(): Promise<Record<string, unknown>> {
    const refused = this.#refusedCredential;
    this.#refusedCredential = undefined;
    if (refused !== undefined) await this.#authorization.renew(refused);
    this.#sentCredential = await this.#authorization.current();
    return this.#sentCredential === undefined ? {} : { authorization: this.#sentCredential };
  }

  #receivePing(payload: unknown): void {
    for (const [id, cursor] of cursorsOf(payload)) this.#sinks.get(id)?.position(cursor);
    // The server's heartbeat is the moment to look whether the token is about to expire.
    void this.announceCredential().catch(() => undefined); // then the server will close with 4403, and we try again
  }

  #receiveClose(event: unknown): void {
    this.#send = undefined;
    this.#ids.startAnew();
    if (Date.now() - this.#connectedAt >= goodConnectionMs) this.#failures = 0;
    if (closeCodeOf(event) === credentialEnded) this.#refusedCredential = this.#sentCredential;
    for (const sink of [...this.#sinks.values()]) sink.disconnected();
  }
}

function idToSend({ documentId }: SocketOperation, documents: DocumentIds): string | undefined {
  return documentId !== undefined && documents.isKnown(documentId) ? documentId : undefined;
}

/** The credential was refused from the start; another one may do. */
export function isUnauthorizedClose(error: unknown): boolean {
  return closeCodeOf(error) === CloseCode.Unauthorized;
}

export function closeCodeOf(event: unknown): number | undefined {
  return typeof event === "object" && event !== null && "code" in event && typeof event.code === "number"
    ? event.code
    : undefined;
}

function cursorsOf(payload: unknown): [string, string][] {
  if (typeof payload !== "object" || payload === null || !("cursors" in payload)) return [];
  const { cursors } = payload;
  if (typeof cursors !== "object" || cursors === null) return [];
  return Object.entries(cursors).filter((entry): entry is [string, string] => typeof entry[1] === "string");
}

/**
 * Ids of operations. Equal operations of different clients get equal ids, so that the server can send all of them the same
 * bytes. On one socket an id is used once: what the server sent for an ended operation may still be on its way.
 */
class OperationIds {
  readonly #byPayload = new WeakMap<object, string>();
  readonly #active = new Set<string>();
  #used = new Set<string>();

  reserve(payload: object, { query, operationName = "", variables }: SocketOperation): string {
    const { after: _, ...rest } = variables;
    const hash = hashOf(`${operationName}\n${query}\n${stableJson(rest)}`);
    let id = hash;
    for (let copy = 2; this.#used.has(id); copy++) id = `${hash}-${copy}`;
    this.#used.add(id);
    this.#active.add(id);
    this.#byPayload.set(payload, id);
    return id;
  }

  next(payload: object): string {
    const id = this.#byPayload.get(payload);
    if (id === undefined) throw new Error("an operation without an id");
    return id;
  }

  release(id: string): void {
    this.#active.delete(id);
  }

  startAnew(): void {
    this.#used = new Set(this.#active);
  }
}

/** 64 bits of FNV-1a: ids are no secret, and two operations with one hash get different copies. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(36);
}

/** Keys sorted, nothing undefined: equal variables give equal text. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
