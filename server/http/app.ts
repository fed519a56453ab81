import { fastify, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Log } from "../log.ts";
import { AppError } from "../operations/app-error.ts";
import { limits } from "../operations/limits.ts";
import { publicError, statusOf } from "../operations/public-error.ts";
import { answerClientError, maxHeaderBytes } from "./client-error.ts";
import { allowOriginOfKey, answerPages, varyByOrigin } from "./cors.ts";
import { drain } from "./drain.ts";
import { HttpRefusal } from "./http-refusal.ts";
import { readJsonBodies } from "./json-body.ts";
import { answerType, jsonType } from "./media-type.ts";
import { requestIdOf } from "./request-context.ts";
import { addSecurityHeaders, securityHeaders } from "./security-headers.ts";
import { closeUnusedConnections } from "./unused-connections.ts";

declare module "fastify" {
  interface FastifyRequest {
    startedMs: number;
  }
  interface FastifyInstance {
    /** Fastify's own is off. */
    readonly appLog: Log;
    /** For whoever writes to the raw answer: puts it into the log like all others. */
    readonly noteAnswer: (request: FastifyRequest, status: number) => void;
  }
}

export interface AppOptions {
  readonly log: Log;
  readonly trustProxy: boolean;
  /** Whether callers use an address that begins with https:. */
  readonly isHttps?: boolean;
}

/** Who opens a connection and sends the head of a request byte by byte is answered 408. */
const headersTimeoutMs = 15_000;
const slowMs = 1_000;

/** How much of a body that is too large is taken in before it is refused. */
const refusedBody = { maxBytes: 32 * 1024 * 1024, maxMs: 10_000 };

/** The HTTP server without its routes: request ids, logs, and one shape for every error. */
export function createApp({ log, trustProxy, isHttps = false }: AppOptions): FastifyInstance {
  const app = fastify({
    logger: false, // it would make a log for each request; what is worth a line is logged below
    trustProxy,
    bodyLimit: limits.maxBodyBytes,
    // A missing host is refused below: Node would do it without a body.
    http: { maxHeaderSize: maxHeaderBytes, headersTimeout: headersTimeoutMs, requireHostHeader: false },
    clientErrorHandler: answerClientError,
    genReqId: (request) => requestIdOf(request.headers["x-request-id"]),
    forceCloseConnections: "idle",
    return503OnClosing: false, // its words are fastify's; ours follow below
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      // An address that is no text once it is decoded: no route, no hooks.
      reply
        .status(404)
        .headers(securityHeaders)
        .header("x-request-id", request.id)
        .send({ errors: [notFound(request.id)] });
    },
  });
  app.decorate("appLog", log);
  app.decorate("noteAnswer", (request, status) => logAnswer(log, request, status));
  app.addHook("onSend", (request, reply, payload, done) => {
    reply.header("x-request-id", request.id);
    varyByOrigin(request, reply);
    allowOriginOfKey(request, reply);
    logAnswer(log, request, reply.statusCode);
    done(null, payload);
  });
  addSecurityHeaders(app, { isHttps });
  begin(app);
  closeUnusedConnections(app);
  readJsonBodies(app);
  app.decorateRequest("principal", null);
  app.decorateRequest("startedMs", 0);
  app.setNotFoundHandler((request, reply) => reply.status(404).send({ errors: [notFound(request.id)] }));
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    // Fastify's own errors (bad JSON, too large, wrong media type) carry their status.
    const known =
      error.statusCode !== undefined && error.statusCode < 500
        ? new AppError("BAD_USER_INPUT", error.message, { reason: "REQUEST" })
        : error;
    const formatted = publicError(known, { requestId: request.id, principal: request.principal }, log);
    if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") await drain(request.raw, refusedBody);
    const status = known === error ? statusOf(formatted.extensions?.["code"]) : (error.statusCode ?? 400);
    return reply
      .status(status)
      .type(errorType(request))
      .send({ errors: [formatted] });
  });
  return app;
}

/** Who asks GraphQL is answered in the type that he asks for, also before there is an operation. */
function errorType({ routeOptions, headers }: FastifyRequest): string {
  return (routeOptions.url === "/graphql" ? answerType(headers.accept) : null) ?? jsonType;
}

/** Answers requests that no route should see. One hook for all that: each more costs every request. */
function begin(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook("preClose", (done) => {
    isClosing = true;
    done();
  });
  app.addHook("onRequest", (request, reply, done) => {
    request.startedMs = performance.now();
    if (answerPages(request, reply)) return;
    if (isClosing) {
      // A connection that is still open may bring a request after the listener was closed.
      reply.header("connection", "close");
      return done(new AppError("UNAVAILABLE", "The server is being stopped. Try again in a moment."));
    }
    if (request.headers.host === undefined && request.raw.httpVersion === "1.1") {
      return done(new HttpRefusal(400, "HTTP/1.1 needs a Host (RFC 9112)."));
    }
    done();
  });
}

/** What is slow or failed is always worth a line, the rest only to who looks for it. */
function logAnswer(log: Log, { id, method, principal, routeOptions, startedMs }: FastifyRequest, status: number): void {
  const ms = Math.round(performance.now() - startedMs);
  const level = status >= 500 || ms > slowMs ? "warn" : "debug";
  if (!log.isLevelEnabled(level)) return;
  const tenantId = principal === null || principal.kind === "ANONYMOUS" ? undefined : principal.tenantId;
  log[level]({ requestId: id, tenantId, method, path: routeOptions.url, status, ms }, "answered");
}

function notFound(requestId: string) {
  return {
    message: "There is nothing at this address.",
    extensions: { code: "BAD_USER_INPUT", reason: "REQUEST", requestId },
  };
}
