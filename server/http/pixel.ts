import { createHash } from "node:crypto";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { readBuiltFile, sendOrNotModified } from "./built-file.ts";

/** Where scripts/build-pixel.mjs puts it. */
const builtFolder = join("dist", "pixel");

/**
 * The script that pages of other origins load: the same for all tenants, and without credentials. Its address never changes, so
 * it is kept for an hour only, and used for a day more while a newer one is fetched.
 */
export function addPixel(app: FastifyInstance, folder: string = builtFolder): void {
  app.get("/pixel.js", async (request, reply) => {
    const file = await readBuiltFile(request, join(folder, "pixel.js"));
    // Also where a page asks for CORS (`crossorigin`, `integrity`) or isolates itself (COEP).
    reply
      .header("access-control-allow-origin", "*")
      .header("cross-origin-resource-policy", "cross-origin")
      .header("vary", "accept-encoding");
    if (file === undefined) {
      return reply.status(503).type("text/plain").send("The pixel isn't built: run `npm run build:pixel`.\n");
    }
    const { content, encoding } = file;
    reply.header("cache-control", "public, max-age=3600, stale-while-revalidate=86400");
    if (encoding !== undefined) reply.header("content-encoding", encoding);
    return sendOrNotModified(request, reply, {
      content,
      type: "text/javascript; charset=utf-8",
      tag: createHash("sha256").update(content).digest("base64url"),
    });
  });
}
