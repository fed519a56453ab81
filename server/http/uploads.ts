import type { Readable } from "node:stream";
import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { LeadImportFailure } from "../../schema/lead-import-status.ts";
import type { LeadImport } from "../../schema/lead-import.ts";
import type { LeadUploadService, UploadRefusal } from "../leads/lead-import-upload.service.ts";
import { AppError, type ErrorCode } from "../operations/app-error.ts";
import { HttpRefusal } from "./http-refusal.ts";
import { uploadBytes, type UploadLimits } from "./upload-bytes.ts";

/** Takes files of leads at the links of importLeads: the bytes as the body, or as the file of a form. */
export function addUploadRoute(app: FastifyInstance, uploads: LeadUploadService, limits: UploadLimits): void {
  // A scope of its own: here, and only here, no body is parsed before the handler runs.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(multipart, { limits: { fileSize: Number.MAX_SAFE_INTEGER, files: 1, parts: 20 } });
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    scope.route<{ Params: { token: string } }>({
      method: ["PUT", "POST"],
      url: "/uploads/leads/:token",
      handler: (request, reply) => receive(request, reply, uploads, limits),
    });
  });
}

async function receive(
  request: FastifyRequest<{ Params: { token: string } }>,
  reply: FastifyReply,
  uploads: LeadUploadService,
  limits: UploadLimits,
): Promise<FastifyReply> {
  // Whatever isn't read of a refused body is no next request.
  reply.header("connection", "close");
  if (Number(request.headers["content-length"] ?? 0) > limits.maxBytes) {
    throw new HttpRefusal(413, `A file may have at most ${limits.maxBytes.toLocaleString("en")} bytes.`);
  }
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip") {
    throw new HttpRefusal(415, "A file comes as it is or packed with gzip.");
  }
  const body = await bodyOf(request);
  const bytes = uploadBytes(request.raw, body, encoding === "gzip", limits);
  const outcome = await uploads.receive(request.params.token, { bytes, requestId: request.id });
  request.raw.resume(); // a sender that is still sending gets the answer only when nothing stops him
  if ("refused" in outcome) throw refusal(outcome.refused);
  return reply.status(statusOfImport(outcome)).send(answerOf(outcome, request.id));
}

async function bodyOf(request: FastifyRequest): Promise<Readable> {
  if (!request.isMultipart()) return request.raw;
  const part = await request.file().catch((cause: unknown) => {
    throw new HttpRefusal(400, "The form can't be read.", { cause });
  });
  if (part === undefined) throw new HttpRefusal(400, "The form has no file.");
  return part.file;
}

function refusal(refused: UploadRefusal): Error {
  switch (refused) {
    case "UNKNOWN_LINK":
      return new HttpRefusal(404, "There is nothing at this address.");
    case "EXPIRED_LINK":
      return new HttpRefusal(410, "The link has expired. Ask for another one with importLeads.");
    case "NOT_ALLOWED":
      return new HttpRefusal(410, "Whoever this link was made for may no longer import leads.");
    case "ALREADY_SENT":
      return new HttpRefusal(409, "The link has been used, or its import was cancelled. Each import takes one upload.");
    case "STOPPING":
      return new AppError("UNAVAILABLE", "The server is being stopped. Send the file again in a moment.");
  }
}

const failureStatus: Readonly<Record<LeadImportFailure, number>> = {
  ROWS_INVALID: 422,
  FILE_EMPTY: 422,
  FILE_UNREADABLE: 422,
  COLUMN_MISSING: 422,
  IDENTITY_MISSING: 422,
  FILE_TOO_LARGE: 413,
  CONNECTION_LOST: 408,
  UPLOAD_STALLED: 408,
  UPLOAD_EXPIRED: 410,
  SERVER_STOPPED: 503,
  INTERNAL: 500,
};

function statusOfImport({ status, failure }: LeadImport): number {
  if (status === "CANCELLED") return 409;
  return failure === null ? 200 : failureStatus[failure];
}

function answerOf(leadImport: LeadImport, requestId: string): object {
  const { id, status, isDryRun, processedRows, committedRows, createdLeads, mergedLeads, failedRows, failure } =
    leadImport;
  const counts = { processedRows, committedRows, createdLeads, mergedLeads, failedRows };
  const answer = { leadImport: { id, status, isDryRun, ...counts, failure } };
  if (status === "COMPLETED") return answer;
  const httpStatus = statusOfImport(leadImport);
  const code: ErrorCode = httpStatus === 503 ? "UNAVAILABLE" : httpStatus === 500 ? "INTERNAL" : "BAD_USER_INPUT";
  const message =
    failure === null
      ? "The import was cancelled."
      : `The import failed: ${failure}. ${committedRows} rows are written.`;
  const reason = code === "BAD_USER_INPUT" ? { reason: "REQUEST" } : {};
  return { ...answer, errors: [{ message, extensions: { code, ...reason, requestId } }] };
}
