import type { FastifyInstance, FastifyReply, FastifyRequest, preParsingHookHandler } from "fastify";
import { Bag, type Bagged } from "../bag.ts";
import { HttpRefusal } from "./http-refusal.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Of a body that hasn't arrived yet. */
    arrival: Arrival | null;
  }
}

interface Arrival extends Bagged {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** The event by which fastify learns that a body won't come. */
  readonly fail: (error: HttpRefusal) => void;
  readonly dueMs: number;
}

const bodyTimeoutMs = 10_000;
const lookEveryMs = 500;

/**
 * For routes with small bodies: who sends one byte by byte is refused, and doesn't hold a connection for ever. One timer looks
 * after all of them.
 */
export class BodyDeadline {
  readonly #arrivals = new Bag<Arrival>();
  readonly #timer = setInterval(() => this.#refuseLate(), lookEveryMs).unref();

  constructor(app: FastifyInstance) {
    if (!app.hasRequestDecorator("arrival")) app.decorateRequest("arrival", null);
    app.addHook("onClose", () => clearInterval(this.#timer));
  }

  /** Of a route that calls `arrived` as soon as its handler runs. */
  readonly begin: preParsingHookHandler = (request, reply, payload, done) => {
    const fail = (error: HttpRefusal) => payload.emit("error", error);
    request.arrival = { request, reply, fail, dueMs: performance.now() + bodyTimeoutMs, place: 0 };
    this.#arrivals.add(request.arrival);
    done(null, payload);
  };

  arrived(request: FastifyRequest): void {
    if (request.arrival !== null) this.#arrivals.delete(request.arrival);
    request.arrival = null;
  }

  #refuseLate(): void {
    const nowMs = performance.now();
    for (const { request, reply, fail, dueMs } of this.#arrivals.items()) {
      if (dueMs > nowMs) continue;
      this.arrived(request);
      if (reply.sent || request.raw.readableEnded || request.raw.destroyed) continue; // answered before its handler, as bad JSON is
      reply.header("connection", "close");
      // Fastify, which reads the body, answers a failed stream with the error's status.
      fail(new HttpRefusal(408, "The body didn't arrive in time."));
    }
  }
}
