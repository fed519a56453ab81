import { fastify } from "fastify";
import { listen } from "./list-servers.ts";

/** The least that a redirect can be with the same framework: one address, nothing looked up, nothing counted. */
export function serveBareRedirect(): Promise<number> {
  const app = fastify();
  app.get("/l/:slug", (_request, reply) => reply.redirect("https://example.com/", 302));
  return listen(app);
}
