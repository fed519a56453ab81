import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/**
 * Browsers and fetch open connections in advance. For Node one that has brought no byte yet isn't idle but about to send a
 * request: it would hold up the end of the server until the client, a minute later, gives it up.
 */
export function closeUnusedConnections(app: FastifyInstance): void {
  const open = new Set<Socket>();
  let isClosing = false;
  app.server.on("connection", (socket) => {
    if (isClosing) return void socket.destroy();
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  app.addHook("preClose", (done) => {
    isClosing = true;
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    done();
  });
}
