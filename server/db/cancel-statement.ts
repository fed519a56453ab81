import { connect } from "node:net";
import type pg from "pg";

// Where PostgreSQL's protocol has the length and the "version" of this message: Frontend/Backend Protocol, CancelRequest.
const messageBytes = 16;
const cancelRequestCode = 80_877_102;
const timeoutMs = 5_000;

/**
 * Asks PostgreSQL to end what runs on a connection: its own protocol for that, a connection of 16 bytes beside it, which needs
 * no login, no place in the pool and no TLS. There is no answer; what ran rejects with 57014. It may come late, so the
 * connection must not work for anybody else afterwards.
 */
export function cancelStatement(connection: pg.ClientBase): void {
  const { host, port, processID, secretKey } = connection as pg.ClientBase & Backend;
  if (typeof processID !== "number" || typeof secretKey !== "number") return;
  const message = Buffer.alloc(messageBytes);
  message.writeInt32BE(messageBytes, 0);
  message.writeInt32BE(cancelRequestCode, 4);
  message.writeInt32BE(processID, 8);
  message.writeInt32BE(secretKey, 12);
  const socket = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.setTimeout(timeoutMs, () => socket.destroy());
  socket.on("error", () => socket.destroy()); // the statement's own time limit remains
  socket.end(message);
}

/** What pg keeps of the server process behind a connection; its type declarations don't show it. */
interface Backend {
  readonly host: string;
  readonly port: number;
  readonly processID: number | null;
  readonly secretKey: number | null;
}
