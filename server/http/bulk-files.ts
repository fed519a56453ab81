import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { BulkOperationFailure } from "../../schema/bulk-status.ts";
import type { LeadImportFailure } from "../../schema/lead-import-status.ts";
import { BulkFailed } from "../bulk/bulk-failure.ts";
import type { BulkFilesService, BulkLinkRefusal, BulkResult } from "../bulk/bulk-files.service.ts";
import { type ByteRange, readRange } from "./byte-range.ts";
import { ImportFailed } from "../leads/lead-import-failure.ts";
import { HttpRefusal } from "./http-refusal.ts";
import type { UploadLimits } from "./upload-bytes.ts";
import { addUploads, type LinkRequest, uploadedBytes } from "./upload-request.ts";

/** Takes the files of bulk imports, and serves results. */
export function addBulkFileRoutes(app: FastifyInstance, files: BulkFilesService, limits: UploadLimits): void {
  addUploads(app, "/uploads/bulk/:token", (request, reply) => receive(request, reply, files, limits));
  app.route<{ Params: { token: string } }>({
    method: ["GET", "HEAD"],
    url: "/downloads/bulk/:token",
    exposeHeadRoute: false,
    handler: (request, reply) => send(request, reply, files),
  });
}

async function receive(
  request: LinkRequest,
  reply: FastifyReply,
  files: BulkFilesService,
  limits: UploadLimits,
): Promise<FastifyReply> {
  const bytes = inBulkTerms(await uploadedBytes(request, reply, limits));
  const received = await files.receive(request.params.token, bytes);
  request.raw.resume(); // a sender that is still sending gets the answer only when nothing stops him
  if ("refused" in received) throw refusal(received.refused);
  const { id, failure, isCancelled } = received;
  if (isCancelled) throw new HttpRefusal(409, "The import was cancelled.");
  if (failure !== null)
    throw new HttpRefusal(
      isUploadFailure(failure) ? failureStatus[failure] : 500,
      `The file wasn't taken: ${failure}.`,
    );
  return reply.status(202).send({ bulkOperation: { id, status: "QUEUED" } });
}

/** Uploads fail alike, whatever they are for. */
const failureStatus = {
  FILE_TOO_LARGE: 413,
  FILE_UNREADABLE: 422,
  CONNECTION_LOST: 408,
  UPLOAD_STALLED: 408,
} as const satisfies Partial<Record<BulkOperationFailure & LeadImportFailure, number>>;

async function* inBulkTerms(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* bytes;
  } catch (error) {
    if (!(error instanceof ImportFailed) || !isUploadFailure(error.failure)) throw error;
    throw new BulkFailed(error.failure, error.message, { cause: error });
  }
}

function isUploadFailure(failure: string): failure is keyof typeof failureStatus {
  return failure in failureStatus;
}

async function send(request: LinkRequest, reply: FastifyReply, files: BulkFilesService): Promise<FastifyReply> {
  const result = await files.result(request.params.token);
  if ("refused" in result) throw refusal(result.refused);
  const { etag, sha256, fileName, size } = result;
  reply
    .header("accept-ranges", "bytes")
    .header("etag", etag)
    .header("cache-control", "private, no-store")
    .header("x-content-type-options", "nosniff");
  if (request.headers["if-none-match"] === etag) return reply.status(304).send();
  const range = rangeOf(request, result);
  if (range === "UNSATISFIABLE") {
    reply.header("content-range", `bytes */${size}`);
    throw new HttpRefusal(416, "The range begins behind the end of the file.");
  }
  const { from, to } = range ?? { from: 0, to: size };
  reply
    .status(range === null ? 200 : 206)
    .header("content-type", "application/x-ndjson; charset=utf-8")
    .header("content-disposition", `attachment; filename="${fileName}"`)
    .header("content-length", to - from);
  if (range !== null) reply.header("content-range", `bytes ${from}-${to - 1}/${size}`);
  // RFC 9530: of the whole file, whatever part of it this is.
  if (sha256 !== null) reply.header("repr-digest", `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`);
  if (request.method === "HEAD") return reply.send(Readable.from([]));
  return reply.send(Readable.from(result.read(from, to), { objectMode: false, highWaterMark: 1024 * 1024 }));
}

/** A part only of the file that the receiver has begun with. */
function rangeOf({ headers }: LinkRequest, { etag, size }: BulkResult): ByteRange | "UNSATISFIABLE" | null {
  const condition = headers["if-range"];
  return condition === undefined || condition === etag ? readRange(headers.range, size) : null;
}

function refusal(refused: BulkLinkRefusal): Error {
  switch (refused) {
    case "UNKNOWN_LINK":
      return new HttpRefusal(404, "There is nothing at this address.");
    case "EXPIRED_LINK":
      return new HttpRefusal(410, "The link has expired. Read the bulk operation again for another one.");
    case "NOT_ALLOWED":
      return new HttpRefusal(410, "Whoever started this may no longer do such things.");
    case "ALREADY_SENT":
      return new HttpRefusal(409, "The link has been used, or its import was cancelled. Each import takes one upload.");
  }
}
