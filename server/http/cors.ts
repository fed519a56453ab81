import type { FastifyReply, FastifyRequest } from "fastify";

/** Where pages of other origins have business; the rest of the server is for its own pages and for operators. */
const openPaths = /^\/(graphql|uploads|downloads|collect|v1|api\/s|[abgipst])(\/|\?|$)/;

const always = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "ratelimit, ratelimit-policy, retry-after, x-request-id",
};

const preflight = {
  "access-control-allow-methods": "GET, POST, PUT",
  "access-control-allow-headers":
    "accept, authorization, content-encoding, content-type, idempotency-key, last-event-id, x-api-key, x-enable-debug, x-ip-policy, x-request-id, x-retry-count, x-write-key",
  "access-control-max-age": "7200", // the longest that Chromium remembers
};

/**
 * Lets pages of any origin call the API. A credential is always in a header that the page sets itself, never in a cookie, so a
 * foreign page has none to borrow: `access-control-allow-credentials` is never sent. A preflight names no credential, so it can't
 * be answered by a key's list of origins; the request itself is. What a publishable key gets is readable by the origin that it
 * was checked for only; a refusal by any, so that a page can tell why. True: it was a preflight, which is answered.
 */
export function answerPages(request: FastifyRequest, reply: FastifyReply): boolean {
  if (request.headers.origin === undefined || !openPaths.test(request.url)) return false;
  reply.headers(always);
  if (request.method !== "OPTIONS" || request.headers["access-control-request-method"] === undefined) return false;
  reply.status(204).headers(preflight).send();
  return true;
}

/** Also without an origin: a cache must not hand that answer to a page. To be called before anything is sent. */
export function varyByOrigin(request: FastifyRequest, reply: FastifyReply): void {
  if (openPaths.test(request.url) && !reply.hasHeader("vary")) reply.header("vary", "origin");
}

/** To be called when the caller is known, before anything is sent. */
export function allowOriginOfKey(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers;
  if (origin === undefined || request.principal?.kind !== "PUBLISHABLE_KEY") return;
  reply.header("access-control-allow-origin", origin);
}
