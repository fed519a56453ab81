import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Log } from "../log.ts";
import type { Principal } from "./principal.ts";
import { AppError, type ErrorCode, errorStatus } from "./app-error.ts";

/** Codes of Apollo Server and what they are in our catalogue. */
const reasonByApolloCode: Readonly<Record<string, string>> = {
  GRAPHQL_PARSE_FAILED: "SYNTAX",
  GRAPHQL_VALIDATION_FAILED: "VALIDATION",
  OPERATION_RESOLUTION_FAILURE: "OPERATION",
  BAD_REQUEST: "REQUEST",
  BAD_USER_INPUT: "VARIABLES",
};

/** Reasons that lie in the document or its variables: 200 under `application/json`. */
export const documentReasons: ReadonlySet<string> = new Set(["SYNTAX", "VALIDATION", "OPERATION", "VARIABLES"]);

/** Whose error it is, for the log. A Context is one. */
export interface FailedRequest {
  readonly requestId: string;
  readonly principal?: Principal | null;
}

/** What a caller may see of an error, on any transport: a code of the catalogue, the request's id, and no inner words. */
export function publicError(error: unknown, request: FailedRequest, log: Log): GraphQLFormattedError {
  const { requestId, principal } = request;
  const graphQLError = error instanceof GraphQLError ? error : undefined;
  const cause = originalOf(error);
  const where = {
    ...(graphQLError?.locations === undefined ? {} : { locations: graphQLError.locations }),
    ...(graphQLError?.path === undefined ? {} : { path: graphQLError.path }),
  };
  if (cause instanceof AppError) {
    const reason = cause.reason === undefined ? {} : { reason: cause.reason };
    return {
      message: cause.message,
      ...where,
      extensions: { code: cause.code, ...reason, ...cause.details, requestId },
    };
  }
  if (graphQLError?.extensions["code"] === "PERSISTED_QUERY_NOT_SUPPORTED") {
    // Clients match the message, and then send the text.
    return { message: "PersistedQueryNotFound", extensions: { code: "PERSISTED_QUERY_NOT_FOUND", requestId } };
  }
  const reason = graphQLError === undefined ? undefined : reasonOf(graphQLError);
  if (graphQLError !== undefined && reason !== undefined) {
    return { message: graphQLError.message, ...where, extensions: { code: "BAD_USER_INPUT", reason, requestId } };
  }
  const failure = databaseFailure(cause);
  const tenantId = principal == null || principal.kind === "ANONYMOUS" ? undefined : principal.tenantId;
  log.error({ err: cause, requestId, tenantId }, "an operation failed");
  return { message: failure.message, ...where, extensions: { code: failure.code, requestId } };
}

/** The HTTP status of an answer without data: that of its first error. */
export function statusOf(code: unknown): number {
  return typeof code === "string" && code in errorStatus ? errorStatus[code as ErrorCode] : 500;
}

/** Whether PostgreSQL ended a statement that took too long. */
export function isTimeLimit(error: GraphQLError): boolean {
  return isStatementTimeout(originalOf(error));
}

/** The same of an error as PostgreSQL's client throws it. */
export function isStatementTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === timeLimitState;
}

function originalOf(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && current.originalError !== undefined) current = current.originalError;
  return current;
}

function reasonOf(error: GraphQLError): string | undefined {
  const code = error.extensions["code"];
  if (typeof code === "string" && code in reasonByApolloCode) return reasonByApolloCode[code];
  // graphql-js itself: the document's fault when it points into the document, ours when a resolver or a result failed.
  return error.originalError === undefined && error.path === undefined && code === undefined ? "VALIDATION" : undefined;
}

const timeLimitState = "57014";

/** SQLSTATE classes that say "not now" rather than "broken": connections, resources, shutdown. */
const unavailableStates = /^(08|53|57P)/;

/** What the system says of a database that can't be reached. */
const unreachableCodes: ReadonlySet<string> = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"],
  ...["EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN"],
]);
/** pg's own words for a connection that was lost, that wasn't made in time, or that none was free of; they have no code. */
const lostConnection = /^(Connection terminated|timeout exceeded when trying to connect)/;

function databaseFailure(cause: unknown): { code: ErrorCode; message: string } {
  const state = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";
  if (state === timeLimitState)
    return { code: "EXECUTION_TIMEOUT", message: "The operation took too long. Ask for less at once." };
  const isLost = state === "" && cause instanceof Error && lostConnection.test(cause.message);
  if (isLost || unavailableStates.test(state) || unreachableCodes.has(state)) {
    return { code: "UNAVAILABLE", message: "A part of the server isn't available now. Try again soon." };
  }
  return { code: "INTERNAL", message: "Something went wrong on our side. The request id helps us find it." };
}
