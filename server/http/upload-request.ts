import type { Readable } from "node:stream";
import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { HttpRefusal } from "./http-refusal.ts";
import { uploadBytes, type UploadLimits } from "./upload-bytes.ts";

export type LinkRequest = FastifyRequest<{ Params: { token: string } }>;

/** Adds a route that takes files: the bytes as the body, or as the file of a form. `url` ends in `:token`. */
export function addUploads(
  app: FastifyInstance,
  url: `${string}:token`,
  handler: (request: LinkRequest, reply: FastifyReply) => Promise<FastifyReply>,
): void {
  // A scope of its own: here, and only here, no body is parsed before the handler runs.
  const uploads = async (scope: FastifyInstance) => {
    scope.removeAllContentTypeParsers();
    await scope.register(multipart, { limits: { fileSize: Number.MAX_SAFE_INTEGER, files: 1, parts: 20 } });
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    scope.route<{ Params: { token: string } }>({ method: ["PUT", "POST"], url, handler });
  };
  // Without a name of its own, fastify looks for the plugin among all modules that are loaded.
  app.register(Object.assign(uploads, { [Symbol.for("fastify.display-name")]: "uploads" }));
}

/** The file's bytes as they arrive. Throws ImportFailed while they are read when the sender is the reason why they end. */
export async function uploadedBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  limits: UploadLimits,
): Promise<AsyncGenerator<Buffer>> {
  // Whatever isn't read of a refused body is no next request.
  reply.header("connection", "close");
  if (Number(request.headers["content-length"] ?? 0) > limits.maxBytes) {
    throw new HttpRefusal(413, `A file may have at most ${limits.maxBytes.toLocaleString("en")} bytes.`);
  }
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip") {
    throw new HttpRefusal(415, "A file comes as it is or packed with gzip.");
  }
  return uploadBytes(request.raw, await bodyOf(request), encoding === "gzip", limits);
}

async function bodyOf(request: FastifyRequest): Promise<Readable> {
  if (!request.isMultipart()) return request.raw;
  const part = await request.file().catch((cause: unknown) => {
    throw new HttpRefusal(400, "The form can't be read.", { cause });
  });
  if (part === undefined) throw new HttpRefusal(400, "The form has no file.");
  return part.file;
}
