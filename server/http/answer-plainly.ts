import type { FastifyReply, FastifyRequest } from "fastify";
import type { HttpAnswer } from "./hot-path.ts";

/**
 * Writes an answer past fastify's reply, for what is answered most: a good answer to a program that isn't on a page. Its
 * twenty headers cost more to collect by name than the operation. They are the same ones, in the same spelling
 * (docs/decisions/0007-hot-operations.md).
 */
export function answerPlainly(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, headers, text }: HttpAnswer,
): FastifyReply {
  const bytes = Buffer.byteLength(text);
  const head = [
    ...request.server.securityHeadersOf(request).flat,
    ...["vary", "origin", "x-request-id", request.id, "content-length", String(bytes)],
  ];
  for (const [name, value] of headers) head.push(name, value);
  reply.hijack();
  reply.raw.writeHead(status, head);
  // Head and body leave in one write. As Latin-1 when that is the same, which takes no encoding.
  request.server.noteAnswer(request, status);
  reply.raw.end(text, bytes === text.length ? "latin1" : "utf8");
  return reply;
}
