import type { Duplex } from "node:stream";
import type pg from "pg";

/**
 * Lets all statements that are sent before the present work pauses leave in one write: a system call each costs more than
 * the statements themselves. pg corks per statement, and corks nest.
 */
export function sendTogether(connection: pg.ClientBase): void {
  const stream = streamOf(connection);
  if (stream === undefined || corked.has(stream)) return;
  corked.add(stream);
  stream.cork();
  process.nextTick(() => {
    corked.delete(stream);
    stream.uncork();
  });
}

const corked = new WeakSet<Duplex>();

/** pg's type declarations don't show the connection's socket. Without one everything works, only write by write. */
function streamOf(connection: pg.ClientBase): Duplex | undefined {
  return (connection as { connection?: { stream?: Duplex } }).connection?.stream;
}
