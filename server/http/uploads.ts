import type { FastifyInstance, FastifyReply } from "fastify";
import type { LeadImportFailure } from "../../schema/lead-import-status.ts";
import type { LeadImport } from "../../schema/lead-import.ts";
import type { LeadUploadService, UploadRefusal } from "../leads/lead-import-upload.service.ts";
import { AppError, type ErrorCode } from "../operations/app-error.ts";
import { HttpRefusal } from "./http-refusal.ts";
import type { UploadLimits } from "./upload-bytes.ts";
import { addUploads, type LinkRequest, uploadedBytes } from "./upload-request.ts";

/** Takes files of leads at the links of importLeads: the bytes as the body, or as the file of a form. */
export function addUploadRoute(app: FastifyInstance, uploads: LeadUploadService, limits: UploadLimits): void {
  addUploads(app, "/uploads/leads/:token", (request, reply) => receive(request, reply, uploads, limits));
}

async function receive(
  request: LinkRequest,
  reply: FastifyReply,
  uploads: LeadUploadService,
  limits: UploadLimits,
): Promise<FastifyReply> {
  const bytes = await uploadedBytes(request, reply, limits);
  const outcome = await uploads.receive(request.params.token, { bytes, requestId: request.id });
  request.raw.resume(); // a sender that is still sending gets the answer only when nothing stops him
  if ("refused" in outcome) throw refusal(outcome.refused);
  return reply.status(statusOfImport(outcome)).send(answerOf(outcome, request.id));
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
