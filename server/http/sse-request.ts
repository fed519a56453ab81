import type { FastifyRequest } from "fastify";
import Negotiator from "negotiator";
import { AppError } from "../operations/app-error.ts";

export interface StreamRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>> | null;
}

/** The operation of a request for a stream: in the body of a POST, in the query string of a GET. */
export function readStreamRequest(request: FastifyRequest): StreamRequest {
  const accepted = new Negotiator(request.raw).mediaType(["text/event-stream"]);
  if (accepted === undefined) throw refused("A stream is text/event-stream: accept it.");
  const parameters = request.method === "GET" ? fromSearch(request.query) : request.body;
  if (!isObject(parameters)) throw refused("The body is a JSON object with a query.");
  const { query, operationName = null, variables = null } = parameters;
  if (typeof query !== "string") throw refused("`query` has to be a text.");
  if (operationName !== null && typeof operationName !== "string") throw refused("`operationName` has to be a text.");
  if (variables !== null && !isObject(variables)) throw refused("`variables` has to be an object.");
  return { query, operationName, variables };
}

function fromSearch(search: unknown): unknown {
  if (!isObject(search)) return undefined;
  const { variables } = search;
  if (typeof variables !== "string") return search;
  try {
    return { ...search, variables: JSON.parse(variables) as unknown };
  } catch (cause) {
    throw new AppError("BAD_USER_INPUT", "`variables` isn't JSON.", { reason: "REQUEST", cause });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refused(message: string): AppError {
  return new AppError("BAD_USER_INPUT", message, { reason: "REQUEST" });
}
