import {
  fastify,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import type { Log } from "../log.ts";
import { AppError } from "../operations/app-error.ts";
import { limits } from "../operations/limits.ts";
import { publicError, statusOf } from "../operations/public-error.ts";
import { answerClientError, maxHeaderBytes } from "./client-error.ts";
import { allowOriginOfKey, allowPages } from "./cors.ts";
import { drain } from "./drain.ts";
import { HttpRefusal } from "./http-refusal.ts";
import { readJsonBodies } from "./json-body.ts";
import { answerType, jsonType } from "./media-type.ts";
import { requestIdOf } from "./request-context.ts";
import { addSecurityHeaders, securityHeaders } from "./security-headers.ts";
import { closeUnusedConnections } from "./unused-connections.ts";

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
    loggerInstance: log as FastifyBaseLogger,
    trustProxy,
    bodyLimit: limits.maxBodyBytes,
    // A missing host is refused below: Node would do it without a body.
    http: { maxHeaderSize: maxHeaderBytes, headersTimeout: headersTimeoutMs, requireHostHeader: false },
    clientErrorHandler: answerClientError,
    genReqId: (request) => requestIdOf(request.headers["x-request-id"]),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
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
  app.addHook("onSend", (request, reply, payload, done) => {
    reply.header("x-request-id", request.id);
    allowOriginOfKey(request, reply);
    done(null, payload);
  });
  addSecurityHeaders(app, { isHttps });
  allowPages(app);
  refuseEarly(app);
  closeUnusedConnections(app);
  readJsonBodies(app);
  app.decorateRequest("principal", null);
  app.addHook("onResponse", (request, reply, done) => {
    // What is slow or failed is always worth a line, the rest only to who looks for it.
    const level = reply.statusCode >= 500 || reply.elapsedTime > slowMs ? "warn" : "debug";
    if (log.isLevelEnabled(level)) request.log[level](answered(request, reply), "answered");
    done();
  });
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

/** Requests that no route should see. */
function refuseEarly(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook("preClose", (done) => {
    isClosing = true;
    done();
  });
  app.addHook("onRequest", (request, reply, done) => {
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

function answered(request: FastifyRequest, reply: FastifyReply) {
  const { principal } = request;
  return {
    tenantId: principal === null || principal.kind === "ANONYMOUS" ? undefined : principal.tenantId,
    method: request.method,
    path: request.routeOptions.url,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  };
}

function notFound(requestId: string) {
  return {
    message: "There is nothing at this address.",
    extensions: { code: "BAD_USER_INPUT", reason: "REQUEST", requestId },
  };
}
