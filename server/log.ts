import { pino, type DestinationStream, type Logger } from "pino";

export type Log = Logger;

const secretNames = [
  "authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
  "password",
  "newPassword",
  "currentPassword",
  "ownerPassword",
  "passwordHash",
  "token",
  "accessToken",
  "refreshToken",
  "inviteToken",
  "secret",
  "secretKey",
  "publishableKey",
  "apiKey",
  "key",
  "privateKey",
  "connectionString",
];

// pino's wildcard stands for one level, so each depth is named: at the root, below one object (`req.headers`' parent,
// `variables`), below two (`req.headers.authorization`) and below three (`variables.input.password` inside `request`).
const depths = ["", "*.", "*.*.", "*.*.*."];
const quoted = (name: string) => `["${name}"]`;
const redactedPaths = depths.flatMap((depth) =>
  secretNames.map((name) => (name.includes("-") ? `${depth.replace(/\.$/, "")}${quoted(name)}` : `${depth}${name}`)),
);

export interface LogOptions {
  readonly level: string;
  /** Where lines go; standard output by default. */
  readonly destination?: DestinationStream;
}

/** JSON lines. Whoever serves a request logs through `log.child({ requestId, tenantId })`. */
export function createLog({ level, destination }: LogOptions): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactedPaths, censor: "[redacted]" },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
