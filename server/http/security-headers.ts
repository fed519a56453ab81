import type { FastifyInstance, FastifyRequest } from "fastify";

declare module "fastify" {
  interface FastifyInstance {
    /** For whoever writes to the raw answer: what every answer to this request has to say. */
    readonly securityHeadersOf: (request: FastifyRequest) => SecurityHeaders;
  }
}

export interface SecurityHeaders {
  readonly byName: Readonly<Record<string, string>>;
  /** Names and values in turns, as writeHead takes them. */
  readonly flat: readonly string[];
}

/**
 * What browsers are told about every answer: the defaults of helmet (helmetjs.github.io) and of OWASP's Secure Headers Project,
 * as strictly as an API allows. They are fixed texts, so they are written out here. A page of our own, such as the explorer,
 * sets a policy of its own in place of this one.
 */
export const securityHeaders = {
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin", // pages that call the API use CORS, which this doesn't concern
  "origin-agent-cluster": "?1",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-dns-prefetch-control": "off",
  "x-download-options": "noopen",
  "x-frame-options": "DENY",
  "x-permitted-cross-domain-policies": "none",
  "x-xss-protection": "0", // the filter of old browsers could be turned against the page
  "cache-control": "no-store", // what a route lets others keep, it says itself
} as const;

/** Those of them that also concern programs and what stands between them and the server. */
export const programHeaders = {
  "x-content-type-options": securityHeaders["x-content-type-options"],
  "cache-control": securityHeaders["cache-control"],
} as const;

/** RFC 6797 §7.2: told over TLS only. Without subdomains: they may belong to something else. */
export const strictTransport = { "strict-transport-security": "max-age=31536000" } as const;

export interface SecurityHeadersOptions {
  /** The address that callers use begins with https:, so TLS ends in front of this process. */
  readonly isHttps: boolean;
}

const plain = listed(securityHeaders);
const overTls = listed({ ...securityHeaders, ...strictTransport });

/** Puts the headers on every answer of the app that goes through `reply.send`, unless its route has set one of them itself. */
export function addSecurityHeaders(app: FastifyInstance, { isHttps }: SecurityHeadersOptions): void {
  const headersOf = (request: FastifyRequest) => (isHttps || request.protocol === "https" ? overTls : plain);
  app.decorate("securityHeadersOf", headersOf);
  app.addHook("onSend", (request, reply, payload, done) => {
    for (const [name, value] of Object.entries(headersOf(request).byName)) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
    done(null, payload);
  });
}

function listed(byName: SecurityHeaders["byName"]): SecurityHeaders {
  return { byName, flat: Object.entries(byName).flat() };
}
