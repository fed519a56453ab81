import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Where pages of other origins have business; the rest of the server is for its own pages and for operators. */
const openPaths = /^\/(graphql|uploads|downloads)(\/|\?|$)/;

const always = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "ratelimit, ratelimit-policy, retry-after, x-request-id",
};

const preflight = {
  "access-control-allow-methods": "GET, POST, PUT",
  "access-control-allow-headers":
    "accept, authorization, content-encoding, content-type, idempotency-key, last-event-id, x-api-key, x-request-id",
  "access-control-max-age": "7200", // the longest that Chromium remembers
};

/**
 * Lets pages of any origin call the API. A credential is always in a header that the page sets itself, never in a cookie, so a
 * foreign page has none to borrow: `access-control-allow-credentials` is never sent. A preflight names no credential, so it can't
 * be answered by a key's list of origins; the request itself is. What a publishable key gets is readable by the origin that it
 * was checked for only; a refusal by any, so that a page can tell why.
 */
export function allowPages(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, done) => {
    if (!openPaths.test(request.url)) return done();
    reply.header("vary", "origin"); // also without one: a cache must not hand that answer to a page
    if (request.headers.origin === undefined) return done();
    reply.headers(always);
    if (request.method !== "OPTIONS" || request.headers["access-control-request-method"] === undefined) return done();
    reply.status(204).headers(preflight).send();
  });
}

/** To be called when the caller is known, before anything is sent. */
export function allowOriginOfKey(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers;
  if (origin === undefined || request.principal?.kind !== "PUBLISHABLE_KEY") return;
  reply.header("access-control-allow-origin", origin);
}
