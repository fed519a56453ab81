import { isUtf8 } from "node:buffer";
import type { FastifyInstance } from "fastify";
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
