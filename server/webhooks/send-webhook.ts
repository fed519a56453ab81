import type { LookupAddress } from "node:dns";
import { lookup, Resolver } from "node:dns/promises";
import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { AddressRefused, isPublicAddress, literalAddress, type ResolveName, resolvePublic } from "./public-address.ts";

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends it early: the process is stopping. */
  readonly signal: AbortSignal;
}

/** What came back. */
export type WebhookAnswer =
  | {
      readonly kind: "ANSWERED";
      readonly statusCode: number;
      readonly retryAfter: string | undefined;
      readonly text: string;
    }
  | {
      readonly kind: "ADDRESS_REFUSED" | "NETWORK_ERROR" | "TIMEOUT" | "INTERRUPTED";
      readonly message: string;
    };

export interface WebhookSenderOptions {
  readonly timeoutMs?: number;
  /** For development: http, and addresses that aren't public. */
  readonly allowPrivate?: boolean;
  readonly resolve?: ResolveName;
  /** Further certificates to trust, in PEM. */
  readonly ca?: string;
}

const defaultTimeoutMs = 10_000;
const maxAnswerBytes = 64 * 1024;
const keptCharacters = 1_000;

/**
 * Posts to addresses that strangers choose. The name is resolved when a connection is made, the addresses are checked, and the
 * connection goes to exactly those: a name that changes its mind afterwards (DNS rebinding) gets nowhere. Redirects aren't
 * followed, and no proxy is asked.
 */
export class WebhookSender {
  readonly #timeoutMs: number;
  readonly #allowPrivate: boolean;
  readonly #http: HttpAgent;
  readonly #https: HttpsAgent;

  constructor({ timeoutMs = defaultTimeoutMs, allowPrivate = false, resolve, ca }: WebhookSenderOptions) {
    this.#timeoutMs = timeoutMs;
    this.#allowPrivate = allowPrivate;
    // Connections are kept: each goes to an address that was checked when it was made.
    const options = {
      keepAlive: true,
      maxSockets: 64,
      maxFreeSockets: 8,
      timeout: 30_000,
      // In development the machine's own names count, too.
      lookup: guardedLookup(resolve ?? (allowPrivate ? systemResolver : askNameServers), allowPrivate),
    };
    this.#http = new HttpAgent(options);
    this.#https = new HttpsAgent({ ...options, ...(ca === undefined ? {} : { ca }) });
  }

  async send(webhook: WebhookRequest): Promise<WebhookAnswer> {
    const url = new URL(webhook.url);
    const refusal = this.#refusal(url);
    if (refusal !== null) return { kind: "ADDRESS_REFUSED", message: refusal };
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    try {
      return await this.#post(url, webhook, AbortSignal.any([timeout, webhook.signal]));
    } catch (error) {
      if (webhook.signal.aborted) return { kind: "INTERRUPTED", message: "The server was stopped." };
      if (timeout.aborted) return { kind: "TIMEOUT", message: `No answer within ${this.#timeoutMs / 1_000} seconds.` };
      if (error instanceof AddressRefused) return { kind: "ADDRESS_REFUSED", message: error.message };
      return { kind: "NETWORK_ERROR", message: messageOf(error) };
    }
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  #refusal(url: URL): string | null {
    if (this.#allowPrivate) return null;
    if (url.protocol !== "https:") return "Only https is delivered to.";
    // An address in the URL isn't looked up, so nothing else would check it.
    const address = literalAddress(url);
    return address !== null && !isPublicAddress(address) ? "The address isn't public." : null;
  }

  async #post(url: URL, { headers, body }: WebhookRequest, signal: AbortSignal): Promise<WebhookAnswer> {
    const bytes = Buffer.from(body);
    const isSecure = url.protocol === "https:";
    const request = (isSecure ? httpsRequest : httpRequest)(url, {
      method: "POST",
      agent: isSecure ? this.#https : this.#http,
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": bytes.length,
        "user-agent": "Nexora",
      },
      signal,
    });
    const response = await answerTo(request, bytes);
    const statusCode = response.statusCode ?? 0;
    const text = await beginningOf(response);
    return { kind: "ANSWERED", statusCode, retryAfter: response.headers["retry-after"], text };
  }
}

function answerTo(request: ClientRequest, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once("response", resolve);
    // Stays: a connection that ends after the answer has begun must not end the process.
    request.on("error", reject);
    request.end(body);
  });
}

/** The status has decided already: a body that is too long, too slow or cut changes nothing. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > maxAnswerBytes) break; // which destroys the connection
    }
  } catch {
    // cut, or the time is over
  }
  const text = Buffer.concat(chunks).toString("utf8");
  // PostgreSQL's text holds no NUL and no half of a surrogate pair.
  return text.replaceAll("\0", "").slice(0, keptCharacters).toWellFormed();
}

const systemResolver: ResolveName = (hostname) => lookup(hostname, { all: true });

const resolver = new Resolver({ timeout: 2_000, tries: 2 });

/**
 * Asks the name servers. The system's resolver would take one of the process's few threads for as long as a name server is
 * silent, and strangers choose the names.
 */
async function askNameServers(hostname: string): Promise<LookupAddress[]> {
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const addresses = [
    ...(v4.status === "fulfilled" ? v4.value.map((address) => ({ address, family: 4 })) : []),
    ...(v6.status === "fulfilled" ? v6.value.map((address) => ({ address, family: 6 })) : []),
  ];
  if (addresses.length === 0 && v4.status === "rejected") throw v4.reason;
  return addresses;
}

/** `lookup` of net.connect: what it gives is what is connected to. */
function guardedLookup(resolve: ResolveName, allowPrivate: boolean): LookupFunction {
  return (hostname, options, done) => {
    const finding = allowPrivate ? resolve(hostname) : resolvePublic(hostname, resolve);
    void tell(finding, options.all === true, done);
  };
}

async function tell(
  finding: Promise<readonly LookupAddress[]>,
  wantsAll: boolean,
  done: Parameters<LookupFunction>[2],
): Promise<void> {
  let addresses: readonly LookupAddress[];
  try {
    addresses = await finding;
  } catch (error) {
    done(error as NodeJS.ErrnoException, "");
    return;
  }
  const [first] = addresses;
  if (first === undefined) done(new Error("The name has no address."), "");
  else if (wantsAll) done(null, [...addresses]);
  else done(null, first.address, first.family);
}

/** The system's code and no address: what a name resolves to inside is nobody's business. */
function messageOf(error: unknown): string {
  const code = codeOf(error) ?? codeOf(firstOf(error)) ?? "";
  return code === "" ? "The connection failed." : `The connection failed: ${code}.`;
}

function codeOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;
}

/** Several addresses were tried and none answered. */
function firstOf(error: unknown): unknown {
  const errors = typeof error === "object" && error !== null && "errors" in error ? error.errors : undefined;
  return Array.isArray(errors) ? errors[0] : undefined;
}
