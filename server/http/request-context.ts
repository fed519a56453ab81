import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { AnswerNotes } from "../operations/answer-notes.ts";
import { type Context, LoaderCache } from "../operations/context.ts";
import type { Principal } from "../operations/principal.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks, once that is known: for the log. */
    principal: Principal | null;
  }
}

const acceptableRequestId = /^[\w.:-]{1,100}$/;

/** The caller's own request id when it is harmless to log and store, else a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === "string" && acceptableRequestId.test(header) ? header : randomUUID();
}

interface RequestEnding {
  readonly signal: AbortSignal;
  abort(reason: Error): void;
}

export function createContext(
  request: FastifyRequest,
  principal: Principal,
  ending: RequestEnding,
  now: Date = new Date(),
): Context {
  request.principal = principal;
  return {
    principal,
    requestId: request.id,
    address: plainAddress(request.ip),
    userAgent: request.headers["user-agent"] ?? null,
    now,
    get signal() {
      return ending.signal;
    },
    abort: (reason) => ending.abort(reason),
    answer: new AnswerNotes(),
    loaders: new LoaderCache(),
    idempotencyKey: onlyText(request.headers["idempotency-key"]),
  };
}

function onlyText(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : header?.join(", ");
}

/** An IPv4 caller's own address: a server that listens on IPv6 sees it as `::ffff:192.0.2.1`. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}

/** The credential of a request: the Authorization header, or x-api-key. Never a cookie. */
export function credentialOf(headers: FastifyRequest["headers"]): string | undefined {
  const key = headers["x-api-key"];
  return headers.authorization ?? (typeof key === "string" ? `Bearer ${key}` : undefined);
}
