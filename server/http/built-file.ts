import { readFile } from "node:fs/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import Negotiator from "negotiator";

/** In the order of preference; the scripts that build have written both beside each file. */
const compressions = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

export interface BuiltFile {
  readonly content: Buffer;
  /** Undefined: as it is. */
  readonly encoding: string | undefined;
}

/** A file as the caller accepts it; undefined when it doesn't exist. The answer varies by `accept-encoding`. */
export async function readBuiltFile(request: FastifyRequest, path: string): Promise<BuiltFile | undefined> {
  const accepted = new Negotiator(request).encodings();
  for (const [encoding, extension] of compressions) {
    if (!accepted.includes(encoding)) continue;
    const content = await readIfExists(`${path}${extension}`);
    if (content !== undefined) return { content, encoding };
  }
  const content = await readIfExists(path);
  return content && { content, encoding: undefined };
}

export async function readIfExists(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

export interface TaggedContent {
  readonly content: Buffer;
  readonly type: string;
  /** Another one for each content and each encoding. */
  readonly tag: string;
}

export function sendOrNotModified(
  request: FastifyRequest,
  reply: FastifyReply,
  { content, type, tag }: TaggedContent,
): FastifyReply {
  const etag = `"${tag}"`;
  reply.header("etag", etag);
  const known = request.headers["if-none-match"]?.split(",").map((entry) => entry.trim().replace(/^W\//, ""));
  if (known?.includes(etag) === true) return reply.status(304).send();
  return reply.type(type).send(content);
}
