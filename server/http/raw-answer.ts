import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ErrorCode } from "../operations/app-error.ts";
import { securityHeaders } from "./security-headers.ts";

export interface RawRefusal {
  readonly status: number;
  readonly message: string;
  readonly code?: Extract<ErrorCode, "BAD_USER_INPUT" | "UNAVAILABLE">;
}

/** Answers on a socket that has no request for the app (yet), with the same shape as everywhere, and ends it. */
export function refuseOnSocket(socket: Duplex, { status, message, code = "BAD_USER_INPUT" }: RawRefusal): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const reason = code === "BAD_USER_INPUT" ? { reason: "REQUEST" } : {};
  const body = JSON.stringify({ errors: [{ message, extensions: { code, ...reason, requestId } }] });
  const headers = {
    connection: "close",
    "content-length": String(Buffer.byteLength(body)),
    "content-type": "application/json; charset=utf-8",
    "x-request-id": requestId,
    ...securityHeaders,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${body}`);
}
