import type { FastifyInstance } from "fastify";

/** What must work before requests may come: its name, and a check that rejects or answers false when it doesn't. */
export interface ReadinessCheck {
  readonly name: string;
  readonly check: () => Promise<boolean>;
}

const checkTimeoutMs = 2_000;

/** /healthz: the process answers. /readyz: everything that it needs answers too, else 503 with the part's name. */
export function addHealthRoutes(
  app: FastifyInstance,
  checks: readonly ReadinessCheck[],
  isDraining: () => boolean,
): void {
  app.get("/healthz", () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const parts = Object.fromEntries(
      await Promise.all(
        checks.map(async ({ name, check }) => [name, (await passes(check)) ? "ok" : "failed"] as const),
      ),
    );
    const isReady = !isDraining() && Object.values(parts).every((state) => state === "ok");
    return reply
      .status(isReady ? 200 : 503)
      .send({ status: isReady ? "ok" : isDraining() ? "draining" : "unavailable", parts });
  });
}

async function passes(check: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), checkTimeoutMs);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
