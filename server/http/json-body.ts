import { isUtf8 } from "node:buffer";
import type { FastifyInstance, preParsingHookHandler } from "fastify";
import { HttpRefusal } from "./http-refusal.ts";

/**
 * JSON bodies, which are UTF-8 (RFC 8259 §8.1). Bytes that aren't would become U+FFFD without a word: a name that nobody has
 * written would be stored. So they are refused.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer" }, (request, body, done) => {
    if (!isUtf8(body)) return done(new HttpRefusal(400, "The body isn't UTF-8."), undefined);
    return parse(request, body.toString(), done);
  });
}

const bodyTimeoutMs = 10_000;

/** For routes with small bodies: who sends one byte by byte is refused, and doesn't hold a connection for ever. */
export const limitBodyTime: preParsingHookHandler = (_request, reply, payload, done) => {
  const timer = setTimeout(() => {
    reply.header("connection", "close");
    // Fastify, which reads the body, answers a failed stream with the error's status.
    payload.emit("error", new HttpRefusal(408, "The body didn't arrive in time."));
  }, bodyTimeoutMs);
  const stop = () => clearTimeout(timer);
  payload.once("end", stop).once("close", stop);
  done(null, payload);
};
