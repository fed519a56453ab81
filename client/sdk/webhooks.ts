// The receiving end of Nexora's webhooks, signed as Standard Webhooks
// (https://github.com/standard-webhooks/standard-webhooks). It needs nothing but Web Crypto: Node 20, Deno, Bun, workers.

/** What a delivery tells. */
export interface WebhookEvent<Data = Record<string, unknown>> {
  /** The same in all attempts: whoever keeps it does nothing twice. */
  readonly id: string;
  /** What happened: `lead.captured`. */
  readonly type: string;
  /** When it happened. */
  readonly timestamp: Date;
  /** The entry's data, or the result of the endpoint's document. */
  readonly data: Data;
  /** What went wrong in the document. */
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
  /** The journal's entry; null for a test. */
  readonly entry: WebhookEntry | null;
}

export interface WebhookEntry {
  readonly id: string;
  /** Rises from event to event of one subject: an older one is out of date. */
  readonly position: number;
  /** TypeID of what the event is about. */
  readonly subjectId: string;
  readonly actor: { readonly type: string; readonly principalId: string | null };
  readonly requestId: string;
  /** The journal's place just after the entry. */
  readonly cursor: string;
}

export type WebhookRefusal = "HEADER_MISSING" | "TIMESTAMP_INVALID" | "TIMESTAMP_TOO_OLD" | "TIMESTAMP_TOO_NEW";

/** The request isn't one of Nexora's, or was changed or kept on its way. */
export class WebhookVerificationError extends Error {
  override readonly name = "WebhookVerificationError";
  readonly reason: WebhookRefusal | "SIGNATURE_WRONG" | "BODY_INVALID";

  constructor(reason: WebhookVerificationError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface WebhookReceiverOptions {
  /** `whsec_…`; while a secret is changed, the old and the new one. */
  readonly secrets: string | readonly string[];
  /** How far the sender's clock may be from ours. Default: five minutes. */
  readonly toleranceSeconds?: number;
  /** Bytes that a body may have; more is answered with 413. Default: 1 MiB. */
  readonly maxBodyBytes?: number;
  readonly now?: () => Date;
}

/** The Fetch API's Headers, or Node's `request.headers`. */
export type WebhookHeaders =
  { readonly get: (name: string) => string | null } | Readonly<Record<string, string | readonly string[] | undefined>>;

/** What is used of Node's IncomingMessage. */
export interface NodeWebhookRequest extends AsyncIterable<Uint8Array | string> {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What is used of Node's ServerResponse. */
export interface NodeWebhookResponse {
  writeHead(status: number, headers?: Readonly<Record<string, string>>): unknown;
  end(text?: string): unknown;
}

/** Called once for each verified request. What it throws is answered with 500: Nexora sends the event again. */
export type OnWebhook<Data> = (event: WebhookEvent<Data>) => void | Promise<void>;

const defaultToleranceSeconds = 300;
const defaultMaxBodyBytes = 1024 * 1024;

/** Verifies what Nexora posts. `Data`: the result of the endpoint's document, such as a generated `LeadQuery`. */
export class WebhookReceiver<Data = Record<string, unknown>> {
  readonly #keys: Promise<readonly Key[]>;
  readonly #toleranceSeconds: number;
  readonly #maxBodyBytes: number;
  readonly #now: () => Date;

  constructor({
    secrets,
    toleranceSeconds = defaultToleranceSeconds,
    maxBodyBytes = defaultMaxBodyBytes,
    now = () => new Date(),
  }: WebhookReceiverOptions) {
    const list = typeof secrets === "string" ? [secrets] : secrets;
    if (list.length === 0) throw new TypeError("a receiver needs a secret");
    this.#keys = Promise.all(list.map(bytesOfSecret).map(importKey));
    this.#keys.catch(() => undefined); // reported by the first verify
    this.#toleranceSeconds = toleranceSeconds;
    this.#maxBodyBytes = maxBodyBytes;
    this.#now = now;
  }

  /** The event, if the body is exactly what was signed a moment ago; throws WebhookVerificationError otherwise. */
  async verify(body: string | Uint8Array, headers: WebhookHeaders): Promise<WebhookEvent<Data>> {
    const id = headerOf(headers, "webhook-id");
    const timestamp = headerOf(headers, "webhook-timestamp");
    const signatures = signaturesIn(headerOf(headers, "webhook-signature"));
    this.#checkTimestamp(timestamp);
    const text = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const signed = concat(new TextEncoder().encode(`${id}.${timestamp}.`), text);
    const keys = await this.#keys;
    // Web Crypto compares in constant time.
    const checks = keys.flatMap((key) => signatures.map((mac) => crypto.subtle.verify("HMAC", key, mac, signed)));
    if (!(await Promise.all(checks)).includes(true)) {
      throw new WebhookVerificationError("SIGNATURE_WRONG", "No signature fits: another secret, or a changed body.");
    }
    return toEvent<Data>(id, new TextDecoder().decode(text));
  }

  /** For servers of the Fetch API: `export default { fetch: receiver.fetch(onEvent) }`. */
  fetch(onEvent: OnWebhook<Data>): (request: Request) => Promise<Response> {
    return async (request) => {
      const chunks = (request.body ?? []) as AsyncIterable<Uint8Array>;
      const { status, text } = await this.#answer(request.method, request.headers, chunks, onEvent);
      return new Response(text, { status });
    };
  }

  /** For Node: `createServer(receiver.node(onEvent))`. Nothing may have read the body before. */
  node(onEvent: OnWebhook<Data>): (request: NodeWebhookRequest, response: NodeWebhookResponse) => Promise<void> {
    return async (request, response) => {
      const { status, text } = await this.#answer(request.method ?? "", request.headers, request, onEvent);
      response.writeHead(status, text === null ? {} : { "content-type": "text/plain; charset=utf-8" });
      response.end(text ?? undefined);
    };
  }

  async #answer(
    method: string,
    headers: WebhookHeaders,
    chunks: AsyncIterable<Uint8Array | string>,
    onEvent: OnWebhook<Data>,
  ): Promise<{ readonly status: number; readonly text: string | null }> {
    if (method !== "POST") return { status: 405, text: "Webhooks are posted." };
    const body = await readBody(chunks, this.#maxBodyBytes);
    if (body === null) return { status: 413, text: "The body is too large." };
    let event: WebhookEvent<Data>;
    try {
      event = await this.verify(body, headers);
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      return { status: 401, text: error.message };
    }
    try {
      await onEvent(event);
      return { status: 204, text: null };
    } catch {
      return { status: 500, text: "The event couldn't be handled." };
    }
  }

  #checkTimestamp(text: string): void {
    if (!/^\d{1,12}$/.test(text)) throw new WebhookVerificationError("TIMESTAMP_INVALID", "The timestamp is none.");
    const ageSeconds = this.#now().getTime() / 1_000 - Number(text);
    if (ageSeconds > this.#toleranceSeconds) {
      throw new WebhookVerificationError("TIMESTAMP_TOO_OLD", "The request was signed too long ago.");
    }
    if (ageSeconds < -this.#toleranceSeconds) {
      throw new WebhookVerificationError("TIMESTAMP_TOO_NEW", "The request was signed in the future.");
    }
  }
}

function headerOf(headers: WebhookHeaders, name: string): string {
  const value = isFetchHeaders(headers) ? headers.get(name) : headers[name];
  if (typeof value === "string" && value !== "") return value;
  throw new WebhookVerificationError("HEADER_MISSING", `The header ${name} is missing.`);
}

function isFetchHeaders(headers: WebhookHeaders): headers is { readonly get: (name: string) => string | null } {
  return typeof headers["get"] === "function";
}

/** Of the versions that a header has, the one that we know. */
function signaturesIn(header: string): Uint8Array<ArrayBuffer>[] {
  return header.split(" ").flatMap((signature) => {
    const [version, text = ""] = signature.split(",");
    const bytes = version === "v1" ? fromBase64(text) : null;
    return bytes === null ? [] : [bytes];
  });
}

function bytesOfSecret(secret: string): Uint8Array<ArrayBuffer> {
  const bytes = secret.startsWith("whsec_") ? fromBase64(secret.slice("whsec_".length)) : null;
  if (bytes === null || bytes.length === 0) throw new TypeError("a secret begins with whsec_");
  return bytes;
}

/** `CryptoKey`, which not all programs that compile this know by name. */
type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<Key> {
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Null: it is larger than it may be. */
async function readBody(chunks: AsyncIterable<Uint8Array | string>, maxBytes: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    const part = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
    bytes += part.length;
    if (bytes > maxBytes) return null;
    parts.push(part);
  }
  return concat(...parts);
}

function toEvent<Data>(id: string, text: string): WebhookEvent<Data> {
  let body: Partial<Omit<WebhookEvent<Data>, "timestamp">> & { readonly timestamp?: unknown };
  try {
    body = JSON.parse(text) as typeof body;
  } catch {
    throw new WebhookVerificationError("BODY_INVALID", "The body isn't JSON.");
  }
  const { type, timestamp, data, errors, entry = null } = body;
  if (typeof type !== "string" || typeof timestamp !== "string" || data === undefined) {
    throw new WebhookVerificationError("BODY_INVALID", "The body isn't an event of Nexora.");
  }
  return { id, type, timestamp: new Date(timestamp), data, ...(errors === undefined ? {} : { errors }), entry };
}
