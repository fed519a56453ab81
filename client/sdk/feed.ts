import { NexoraError, networkError, toNexoraError, unauthenticatedError, type WireError } from "./errors.ts";
import { backoffMs, type RetryOptions, sleep } from "./retry.ts";
import { closeCodeOf, isUnauthorizedClose, type Socket, type SocketMessage, type SocketOperation } from "./socket.ts";

/** `catching-up`: connected, reading what happened meanwhile. `live`: nothing is left to read. */
export type SubscriptionState = "connecting" | "catching-up" | "live";

export interface FeedObserver<Data> {
  /** `cursor` is the place just after this update, when the feed has places. */
  next(data: Data, cursor: string | undefined): void;
  error(error: NexoraError): void;
  complete(): void;
  state?(state: SubscriptionState): void;
}

/** A server that is broken or too busy for a moment may serve the same operation a little later. */
const passingCodes = new Set(["UNAVAILABLE", "RATE_LIMITED", "EXECUTION_TIMEOUT", "INTERNAL"]);
const internalErrorCloses: ReadonlySet<number | undefined> = new Set([1011, 4500]);
/** After so long without a further message there is nothing left to catch up on. */
const quietMs = 1_000;

/**
 * One subscription over however many connections it takes. It remembers the place after the last update and goes on from
 * there, so that each update arrives once and in order.
 */
export class Feed<Data> {
  readonly #socket: Socket;
  readonly #operation: SocketOperation;
  readonly #observer: FeedObserver<Data>;
  readonly #retry: Required<RetryOptions>;
  #unsubscribe: (() => void) | undefined;
  /** The place up to which everything has arrived. */
  #cursor: string | undefined;
  /** Cursor of the last message since the operation was sent. */
  #lastMessage: string | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #state: SubscriptionState | undefined;
  #isEnded = false;
  /** Both since the last update. */
  #failures = 0;
  #hasRenewed = false;

  constructor(
    operation: SocketOperation,
    observer: FeedObserver<Data>,
    { socket, retry }: { readonly socket: Socket; readonly retry: Required<RetryOptions> },
  ) {
    this.#operation = operation;
    this.#observer = observer;
    this.#socket = socket;
    this.#retry = retry;
    const { after } = operation.variables;
    this.#cursor = typeof after === "string" ? after : undefined;
  }

  /** Also goes on after a pause. */
  start(): void {
    if (this.#isEnded || this.#unsubscribe !== undefined) return;
    this.#enter("connecting");
    const variables = () => this.#variables();
    this.#unsubscribe = this.#socket.subscribe(
      {
        ...this.#operation,
        get variables() {
          return variables();
        },
      },
      {
        next: (message) => this.#receive(message),
        error: (error) => {
          this.#unsubscribe = undefined;
          void this.#recover(error);
        },
        complete: () => {
          this.#unsubscribe = undefined;
          this.#end(() => this.#observer.complete());
        },
        position: (cursor) => {
          this.#cursor = cursor;
          this.#enter("live");
        },
        sent: () => {
          this.#lastMessage = undefined;
          if (this.#unsubscribe !== undefined) this.#enter("catching-up");
        },
        disconnected: () => this.#enter("connecting"),
      },
    );
  }

  /** Nothing arrives until it is started again; nothing is lost meanwhile. */
  pause(): void {
    clearTimeout(this.#quiet);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  stop(): void {
    this.#isEnded = true;
    this.pause();
  }

  #variables(): Record<string, unknown> {
    return this.#cursor === undefined
      ? this.#operation.variables
      : { ...this.#operation.variables, after: this.#cursor };
  }

  #receive({ data, errors, extensions }: SocketMessage): void {
    if (this.#isEnded || this.#unsubscribe === undefined) return;
    if (errors !== undefined && errors.length > 0) {
      this.pause();
      this.#end(() => this.#observer.error(toNexoraError(errors as readonly WireError[])));
      return;
    }
    const cursor = textIn(extensions, "cursor") ?? resumeAtOf(data);
    if (cursor !== undefined && cursor === this.#cursor) return; // known already
    const previous = textIn(extensions, "previous");
    if (this.#lastMessage !== undefined && previous !== undefined && previous !== this.#lastMessage) {
      this.pause(); // a message is missing: go on from the last one that isn't
      this.start();
      return;
    }
    this.#cursor = cursor ?? this.#cursor;
    this.#lastMessage = cursor;
    this.#failures = 0;
    this.#hasRenewed = false;
    if (this.#state === "catching-up") this.#awaitQuiet();
    if (data === null || data === undefined) return;
    this.#observer.next(data as Data, cursor);
  }

  async #recover(error: unknown): Promise<void> {
    if (this.#isEnded) return;
    this.#enter("connecting");
    const failure = failureOf(error);
    try {
      if (failure.code === "UNAUTHENTICATED") {
        if (this.#hasRenewed || error instanceof NexoraError) throw failure;
        this.#hasRenewed = true;
        if (!(await this.#socket.renewCredential())) throw failure;
      } else if (passingCodes.has(failure.code) && ++this.#failures < this.#retry.attempts) {
        await sleep(backoffMs(this.#failures, this.#retry));
      } else {
        throw failure;
      }
      this.start();
    } catch (final) {
      this.#end(() => this.#observer.error(final instanceof NexoraError ? final : failure));
    }
  }

  /** The server tells when a feed has caught up, unless its last message was the very end of it. */
  #awaitQuiet(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#enter("live"), quietMs);
  }

  #end(tell: () => void): void {
    if (this.#isEnded) return;
    clearTimeout(this.#quiet);
    this.#isEnded = true;
    tell();
  }

  #enter(state: SubscriptionState): void {
    if (this.#isEnded || this.#state === state) return;
    clearTimeout(this.#quiet);
    this.#state = state;
    this.#observer.state?.(state);
  }
}

/** What ended the operation: errors of the server, a close that graphql-ws takes as final, or an error of our own. */
function failureOf(error: unknown): NexoraError {
  if (error instanceof NexoraError) return error;
  if (Array.isArray(error)) return toNexoraError(error as readonly WireError[]);
  if (isUnauthorizedClose(error)) return unauthenticatedError("The server refused the credential.", "CREDENTIAL");
  const code = closeCodeOf(error);
  if (internalErrorCloses.has(code)) {
    return toNexoraError([
      { message: "The server closed the connection with an error.", extensions: { code: "INTERNAL" } },
    ]);
  }
  return networkError(
    code === undefined ? "The connection failed." : `The server closed the connection for good (${code}).`,
    error,
  );
}

/** Lagged says where the feed goes on. */
function resumeAtOf(data: unknown): string | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const [update] = Object.values(data) as unknown[];
  return textIn(update, "resumeAt");
}

function textIn(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const member: unknown = Reflect.get(value, name);
  return typeof member === "string" ? member : undefined;
}
