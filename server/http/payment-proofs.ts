import type { FastifyInstance, FastifyReply } from "fastify";
import type { PaymentProofsService, ProofRefusal } from "../billing/payment-proofs.service.ts";
import { ImportFailed } from "../leads/lead-import-failure.ts";
import { HttpRefusal } from "./http-refusal.ts";
import { addUploads, type LinkRequest, uploadedBytes } from "./upload-request.ts";

const maxBytes = 5 * 1024 * 1024;
const limits = { maxBytes, idleMs: 30_000 };

/** Takes the files of attachPaymentProof, and hands them to the team. */
export function addPaymentProofRoutes(app: FastifyInstance, proofs: PaymentProofsService): void {
  addUploads(app, "/uploads/payment-proofs/:token", (request, reply) => receive(request, reply, proofs));
  app.route<{ Params: { token: string } }>({
    method: "GET",
    url: "/downloads/payment-proofs/:token",
    handler: (request, reply) => send(request, reply, proofs),
  });
}

async function receive(request: LinkRequest, reply: FastifyReply, proofs: PaymentProofsService): Promise<FastifyReply> {
  const bytes = inHttpTerms(await uploadedBytes(request, reply, limits));
  const received = await proofs.receive(request.params.token, { bytes, requestId: request.id });
  request.raw.resume(); // a sender that is still sending gets the answer only when nothing stops him
  if ("refused" in received) throw refusal(received.refused);
  const { id, format, sizeBytes, sha256 } = received;
  return reply.status(201).send({ paymentProof: { id, format, sizeBytes, sha256 } });
}

async function* inHttpTerms(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* bytes;
  } catch (error) {
    if (!(error instanceof ImportFailed)) throw error;
    const status = { FILE_TOO_LARGE: 413, FILE_UNREADABLE: 422 }[String(error.failure)] ?? 408;
    throw new HttpRefusal(status as 408 | 413 | 422, error.message, { cause: error });
  }
}

/** Always a file to be kept, never a page: what somebody has sent isn't shown as if this server said it. */
async function send(request: LinkRequest, reply: FastifyReply, proofs: PaymentProofsService): Promise<FastifyReply> {
  const file = await proofs.download(request.params.token);
  if ("refused" in file) throw refusal(file.refused);
  return reply
    .header("content-type", file.mediaType)
    .header("content-disposition", `attachment; filename="${file.fileName}"`)
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "default-src 'none'; sandbox")
    .header("cache-control", "private, no-store")
    .send(file.content);
}

function refusal(refused: ProofRefusal): Error {
  switch (refused) {
    case "UNKNOWN_LINK":
      return new HttpRefusal(404, "There is nothing at this address.");
    case "EXPIRED_LINK":
      return new HttpRefusal(410, "The link has expired. Ask for another one.");
    case "NOT_ALLOWED":
      return new HttpRefusal(410, "Whoever this link was made for may no longer pay.");
    case "ALREADY_SENT":
      return new HttpRefusal(409, "The link has been used. Ask for another one with attachPaymentProof.");
    case "FORMAT_UNKNOWN":
      return new HttpRefusal(415, "A proof is a PDF, PNG or JPEG file.");
  }
}
