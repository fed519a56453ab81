import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { LRUCache } from "lru-cache";
import { type CostExtension, rateLimitHeaders } from "../operations/cost-notes.ts";
import { limits } from "../operations/limits.ts";
import { graphqlType, refusalType } from "./media-type.ts";
import { credentialOf, requestIdOf } from "./request-context.ts";
import { programHeaders, strictTransport } from "./security-headers.ts";

interface Haste {
  /** Refusals since then that looked at the operation. */
  refusals: number;
  sinceMs: number;
  /** When the last refused operation could be paid; before that nothing is looked at. */
  untilMs: number;
  /** What its refusal told. */
  cost: CostExtension;
  /** What all refusals until then have in common, once there is one. */
  answer?: CommonAnswer;
}

interface CommonAnswer {
  readonly headers: readonly string[];
  /** The body up to the wait, between that and the request's id, and after it. */
  readonly body: readonly [start: string, middle: string, end: string];
}

/** Who is refused more often than this within the window doesn't wait when he is told to. */
const patience = 20;
const windowMs = 2_000;
/** What a bucket holds may change before its time, by a refund or another plan: so somebody is looked at once a second. */
const longestMs = 1_000;
const maxCallers = 10_000;

/**
 * Callers who go on asking while they have been told to wait. Until their wait is over they are refused by their credential
 * alone, before anything of the request is read: a refusal that costs as much as an answer would protect nobody.
 */
export class HastyCallers {
  readonly #callers = new LRUCache<string, Haste>({ max: maxCallers });
  readonly #fixedHeaders: readonly string[];
  /** A random id for each would be a twentieth of what a refusal costs. */
  readonly #idPrefix = randomUUID();
  #refused = 0;

  constructor({ isHttps }: { readonly isHttps: boolean }) {
    // No browser gets these answers: its requests have an Origin.
    this.#fixedHeaders = Object.entries({ ...programHeaders, ...(isHttps ? strictTransport : {}) }).flat();
  }

  /** Puts itself in front of the app's routes. */
  guard(app: FastifyInstance): void {
    const handlers = app.server.listeners("request") as ((
      request: IncomingMessage,
      response: ServerResponse,
    ) => void)[];
    app.server.removeAllListeners("request");
    app.server.on("request", (request, response) => {
      const haste = this.#hasteOf(request);
      if (haste === undefined) for (const handler of handlers) handler(request, response);
      else this.#refuse(request, response, haste);
    });
  }

  /** An answer was 429. */
  refused(credential: string | undefined, cost: unknown): void {
    if (credential === undefined || !isRefusal(cost)) return;
    const nowMs = performance.now();
    const { available, restoreRate } = cost.throttle;
    const untilMs = nowMs + Math.min(longestMs, ((cost.requested - available) * 1_000) / restoreRate);
    const known = this.#callers.get(credential);
    if (known === undefined) {
      this.#callers.set(credential, { refusals: 1, sinceMs: nowMs, untilMs, cost });
      return;
    }
    known.refusals = nowMs - known.sinceMs > windowMs ? 1 : known.refusals + 1;
    known.sinceMs = known.refusals === 1 ? nowMs : known.sinceMs;
    known.untilMs = untilMs;
    known.cost = cost;
    delete known.answer;
  }

  #hasteOf({ method, url, headers }: IncomingMessage): Haste | undefined {
    // Pages need the headers of CORS, and a large body has to be drained with care: the app does both.
    if (this.#callers.size === 0 || method !== "POST" || url !== "/graphql" || headers.origin !== undefined)
      return undefined;
    if (!(Number(headers["content-length"]) <= limits.maxBodyBytes)) return undefined;
    const credential = credentialOf(headers);
    const haste = credential === undefined ? undefined : this.#callers.get(credential);
    if (haste === undefined || haste.refusals <= patience) return undefined;
    const nowMs = performance.now();
    if (nowMs >= haste.untilMs) return undefined;
    haste.sinceMs = nowMs; // still hasty when he is looked at next
    return haste;
  }

  #refuse({ headers }: IncomingMessage, response: ServerResponse, haste: Haste): void {
    haste.answer ??= this.#answerOf(haste);
    const { body, headers: common } = haste.answer;
    const retryAfterMs = Math.ceil(haste.untilMs - performance.now());
    const requestId = headers["x-request-id"] === undefined ? this.#newId() : requestIdOf(headers["x-request-id"]);
    const text = body[0] + String(retryAfterMs) + body[1] + requestId + body[2];
    response.writeHead(429, [
      ...common,
      ...["content-type", headers.accept === undefined ? graphqlType : refusalType(headers.accept)],
      ...["content-length", String(text.length)],
      ...["retry-after", String(Math.ceil(retryAfterMs / 1_000))],
      ...["x-request-id", requestId],
    ]);
    response.end(text, "latin1"); // all of it is ASCII; head and body then leave in one write
  }

  #newId(): string {
    this.#refused += 1;
    return `${this.#idPrefix}.${this.#refused}`;
  }

  #answerOf({ cost }: Haste): CommonAnswer {
    const told = { requested: 1, actual: 0, throttle: cost.throttle };
    const message = "Wait before the next operation: until then none is looked at.";
    const [retryAfterMs, requestId] = [-1, "?"];
    const extensions = { code: "RATE_LIMITED", reason: "COST", retryAfterMs, cost: told, requestId };
    const text = JSON.stringify({ errors: [{ message, extensions }], extensions: { cost: told } });
    const [start = "", middle = "", end = ""] = text.split(/(?<="retryAfterMs":)-1|(?<="requestId":")\?/);
    return { headers: [...this.#fixedHeaders, ...rateLimitHeaders(cost.throttle).flat()], body: [start, middle, end] };
  }
}

function isRefusal(cost: unknown): cost is CostExtension {
  if (typeof cost !== "object" || cost === null || !("throttle" in cost)) return false;
  const { requested, throttle } = cost as CostExtension; // CostMeter's: nothing else is told under this name
  return requested > throttle.available;
}
