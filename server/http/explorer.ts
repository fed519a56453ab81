import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import Negotiator from "negotiator";

/** Where scripts/build-explorer.mjs puts the bundle. */
const builtFolder = join("dist", "explorer");

/**
 * Everything comes from this origin. Two concessions, both to the Monaco editor: it writes its colours and positions
 * as inline styles, and its style sheet carries fonts and icons as data: addresses.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const mediaTypes: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
};

/** In the order of preference; `scripts/build-explorer.mjs` has written both beside each file. */
const compressions = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

/** GraphiQL at /explorer: the page, which is checked anew each time, and its files, whose names change with their content. */
export function addExplorer(app: FastifyInstance, folder: string = builtFolder): void {
  app.get("/explorer", async (request, reply) => {
    reply.header("content-security-policy", contentSecurityPolicy);
    const page = await readIfExists(join(folder, "index.html"));
    if (page === undefined) {
      return reply.status(503).type("text/plain").send("The explorer isn't built: run `npm run build:explorer`.\n");
    }
    reply.header("cache-control", "no-cache");
    return sendOrNotModified(request, reply, {
      content: page,
      type: "text/html; charset=utf-8",
      tag: createHash("sha256").update(page).digest("base64url"),
    });
  });

  // The page's addresses are relative to /explorer.
  app.get("/explorer/", (_request, reply) => reply.redirect("../explorer", 308));

  app.get<{ Params: { file: string } }>("/explorer/assets/:file", async (request, reply) => {
    reply.header("content-security-policy", contentSecurityPolicy);
    const { file } = request.params;
    const type = mediaTypes[/^[\w.-]+\.(\w+)$/.exec(file)?.[1] ?? ""];
    if (type === undefined) return reply.callNotFound();
    const path = join(folder, "assets", file);
    const compressed = await readCompressed(path, new Negotiator(request).encodings());
    const content = compressed?.content ?? (await readIfExists(path));
    if (content === undefined) return reply.callNotFound();
    reply.header("cache-control", "public, max-age=31536000, immutable").header("vary", "accept-encoding");
    if (compressed !== undefined) reply.header("content-encoding", compressed.encoding);
    return sendOrNotModified(request, reply, { content, type, tag: `${file}-${compressed?.encoding ?? "identity"}` });
  });
}

interface Answer {
  readonly content: Buffer;
  readonly type: string;
  readonly tag: string;
}

function sendOrNotModified(request: FastifyRequest, reply: FastifyReply, { content, type, tag }: Answer): FastifyReply {
  const etag = `"${tag}"`;
  reply.header("etag", etag);
  const known = request.headers["if-none-match"]?.split(",").map((entry) => entry.trim().replace(/^W\//, ""));
  if (known?.includes(etag) === true) return reply.status(304).send();
  return reply.type(type).send(content);
}

async function readCompressed(path: string, accepted: readonly string[]) {
  for (const [encoding, extension] of compressions) {
    if (!accepted.includes(encoding)) continue;
    const content = await readIfExists(`${path}${extension}`);
    if (content !== undefined) return { encoding, content };
  }
  return undefined;
}

async function readIfExists(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
