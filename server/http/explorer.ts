import { createHash } from "node:crypto";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { readBuiltFile, readIfExists, sendOrNotModified } from "./built-file.ts";

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
    const built = await readBuiltFile(request, join(folder, "assets", file));
    if (built === undefined) return reply.callNotFound();
    const { content, encoding } = built;
    reply.header("cache-control", "public, max-age=31536000, immutable").header("vary", "accept-encoding");
    if (encoding !== undefined) reply.header("content-encoding", encoding);
    return sendOrNotModified(request, reply, { content, type, tag: `${file}-${encoding ?? "identity"}` });
  });
}
