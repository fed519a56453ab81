import { fastify, type FastifyBaseLogger, type FastifyError, type FastifyInstance, LogController } from "fastify";
import type { Log } from "../log.ts";
import { AppError } from "../operations/app-error.ts";
import { limits } from "../operations/limits.ts";
import { publicError, statusOf } from "../operations/public-error.ts";
import { requestIdOf } from "./request-context.ts";

export interface AppOptions {
  readonly log: Log;
  readonly trustProxy: boolean;
}

/** The HTTP server without its routes: request ids, logs, and one shape for every error. */
export function createApp({ log, trustProxy }: AppOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    trustProxy,
    bodyLimit: limits.maxBodyBytes,
    genReqId: (request) => requestIdOf(request.headers["x-request-id"]),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    forceCloseConnections: "idle",
    return503OnClosing: true,
  });
  app.addHook("onSend", (request, reply, payload, done) => {
    reply.header("x-request-id", request.id);
    done(null, payload);
  });
  app.addHook("onResponse", (request, reply, done) => {
    request.log.debug(
      {
        method: request.method,
        path: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      "answered",
    );
    done();
  });
  app.setNotFoundHandler((request, reply) => reply.status(404).send({ errors: [notFound(request.id)] }));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    // Fastify's own errors (bad JSON, too large, wrong media type) carry their status.
    const known =
      error.statusCode !== undefined && error.statusCode < 500
        ? new AppError("BAD_USER_INPUT", error.message, { reason: "REQUEST" })
        : error;
    const formatted = publicError(known, request.id, log);
    const status = known === error ? statusOf(formatted.extensions?.["code"]) : (error.statusCode ?? 400);
    return reply.status(status).send({ errors: [formatted] });
  });
  return app;
}

function notFound(requestId: string) {
  return {
    message: "There is nothing at this address.",
    extensions: { code: "BAD_USER_INPUT", reason: "REQUEST", requestId },
  };
}
