import type { FastifyInstance } from "fastify";

/** Where pages of other origins have business; the rest of the server is for its own pages and for operators. */
const openPaths = /^\/(graphql|uploads|downloads)(\/|\?|$)/;

const always = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "x-request-id, retry-after",
};

const preflight = {
  "access-control-allow-methods": "GET, POST, PUT",
  "access-control-allow-headers":
    "accept, authorization, content-encoding, content-type, idempotency-key, last-event-id, x-api-key, x-request-id",
  "access-control-max-age": "7200", // the longest that Chromium remembers
};

/**
 * Lets pages of any origin call the API. A credential is always in a header that the page sets itself, never in a cookie, so a
 * foreign page has none to borrow; which pages may use a publishable key is decided by that key's list of origins.
 */
export function allowPages(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, done) => {
    if (request.headers.origin === undefined || !openPaths.test(request.url)) return done();
    // On the raw answer: event streams write their own head.
    for (const [name, value] of Object.entries(always)) reply.raw.setHeader(name, value);
    if (request.method !== "OPTIONS" || request.headers["access-control-request-method"] === undefined) return done();
    reply.status(204).headers(preflight).send();
  });
}
