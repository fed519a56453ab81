import type { FastifyRequest } from "fastify";
import Negotiator from "negotiator";
import { AppError } from "../operations/app-error.ts";
import { readOperation, readSearch, type ReceivedOperation } from "../operations/received-operation.ts";

/** The operation of a request for a stream: in the body of a POST, in the query string of a GET. */
export function readStreamRequest(request: FastifyRequest): ReceivedOperation {
  const accepted = new Negotiator(request.raw).mediaType(["text/event-stream"]);
  if (accepted === undefined) {
    throw new AppError("BAD_USER_INPUT", "A stream is text/event-stream: accept it.", { reason: "REQUEST" });
  }
  return request.method === "GET" ? readSearch(request.query) : readOperation(request.body);
}
