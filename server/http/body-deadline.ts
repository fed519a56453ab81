import type { FastifyInstance, FastifyReply, FastifyRequest, preParsingHookHandler } from "fastify";
import { HttpRefusal } from "./http-refusal.ts";

interface Arrival {
  readonly reply: FastifyReply;
  /** The event by which fastify learns that a body won't come. */
  readonly fail: (error: HttpRefusal) => void;
  readonly dueMs: number;
}

const bodyTimeoutMs = 10_000;
const lookEveryMs = 500;

/**
 * For routes with small bodies: who sends one byte by byte is refused, and doesn't hold a connection for ever. All bodies have
 * the same time, so they are due in the order in which they began, and one timer looks at the oldest.
 */
export class BodyDeadline {
  readonly #arrivals = new Map<FastifyRequest, Arrival>();
  readonly #timer = setInterval(() => this.#refuseLate(), lookEveryMs).unref();

  constructor(app: FastifyInstance) {
    app.addHook("onClose", () => clearInterval(this.#timer));
  }

  /** Of a route that calls `arrived` as soon as its handler runs. */
  readonly begin: preParsingHookHandler = (request, reply, payload, done) => {
    const fail = (error: HttpRefusal) => payload.emit("error", error);
    this.#arrivals.set(request, { reply, fail, dueMs: performance.now() + bodyTimeoutMs });
    done(null, payload);
  };

  arrived(request: FastifyRequest): void {
    this.#arrivals.delete(request);
  }

  #refuseLate(): void {
    const nowMs = performance.now();
    for (const [request, { reply, fail, dueMs }] of this.#arrivals) {
      if (dueMs > nowMs) return;
      this.#arrivals.delete(request);
      if (request.raw.readableEnded || request.raw.destroyed) continue; // answered before its handler, as bad JSON is
      reply.header("connection", "close");
      // Fastify, which reads the body, answers a failed stream with the error's status.
      fail(new HttpRefusal(408, "The body didn't arrive in time."));
    }
  }
}
