import type { FastifyInstance } from "fastify";

/** The public keys of the journals' checkpoints, as a JSON Web Key Set, for everybody. */
export function addCheckpointKeys(app: FastifyInstance, keys: { jwks(): Promise<object> }): void {
  app.get("/.well-known/checkpoint-keys.json", async (_request, reply) =>
    reply
      .header("cache-control", "public, max-age=300")
      .header("access-control-allow-origin", "*")
      .type("application/jwk-set+json")
      .send(await keys.jwks()),
  );
}
