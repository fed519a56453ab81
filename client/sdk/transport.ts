import type { Authorization } from "./authorization.ts";
import { type RateLimitState, readRateLimit } from "./rate-limit.ts";
import {
  backoffMs,
  isRepeatable,
  isSurelyUnsent,
  type Repeatability,
  retryAfterMs,
  type RetryOptions,
  sleep,
} from "./retry.ts";

export interface TransportOptions {
  readonly authorization: Authorization;
  readonly fetch: typeof fetch;
  readonly retry: Required<RetryOptions>;
  /** How long one attempt may take. */
  readonly timeoutMs: number;
}

export interface Delivery {
  readonly repeatability: Repeatability;
  /** Sends no credential: signing in and renewing. */
  readonly isAnonymous?: boolean;
}

/** A `fetch` that authorises, waits and repeats. What it can't mend it returns or throws as it came. */
export class Transport {
  readonly #options: TransportOptions;
  #rateLimit: RateLimitState | undefined;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** As the last answer told; undefined before the first one. */
  get rateLimit(): RateLimitState | undefined {
    return this.#rateLimit;
  }

  async send(url: string, init: RequestInit, { repeatability, isAnonymous = false }: Delivery): Promise<Response> {
    const { authorization, retry } = this.#options;
    let hasRenewed = false;
    for (let failures = 0; ; failures++) {
      const isLast = failures + 1 >= retry.attempts;
      const credential = isAnonymous ? undefined : await authorization.current();
      let answer: Answer;
      try {
        answer = await this.#attempt(url, init, credential);
      } catch (error) {
        const mayRepeat = repeatability === "always" || isSurelyUnsent(error);
        if (isLast || !mayRepeat || init.signal?.aborted === true) throw error;
        await sleep(backoffMs(failures, retry), init.signal);
        continue;
      }
      const { response, text } = answer;
      if (response.status === 401 && credential !== undefined && !hasRenewed) {
        hasRenewed = true;
        if (await authorization.renew(credential)) continue;
      }
      const body = mayHaveFailed(answer) ? parse(text) : undefined;
      const waitMs = retryAfterMs(response.headers.get("retry-after"), body, Date.now()) ?? 0;
      if (isLast || !isRepeatable(response.status, body, repeatability) || waitMs > retry.maxRetryAfterMs) {
        return new Response(text === "" ? null : text, response); // its body has been read
      }
      await sleep(Math.max(waitMs, backoffMs(failures, retry)), init.signal);
    }
  }

  /** The whole answer: a connection that is lost in the middle of it is a failure like one that is lost before. */
  async #attempt(url: string, init: RequestInit, credential: string | undefined): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (credential !== undefined) headers.set("authorization", credential);
    const timeout = AbortSignal.timeout(this.#options.timeoutMs);
    const signal = init.signal == null ? timeout : AbortSignal.any([init.signal, timeout]);
    const response = await this.#options.fetch(url, { ...init, headers, signal });
    this.#rateLimit = readRateLimit(response.headers) ?? this.#rateLimit;
    return { response, text: await response.text() };
  }
}

interface Answer {
  readonly response: Response;
  readonly text: string;
}

/** Parsing takes time: an answer without the word has no errors. */
function mayHaveFailed({ response, text }: Answer): boolean {
  return response.status >= 400 || text.includes('"errors"');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not GraphQL: a proxy's page
  }
}
