import { pino, type DestinationStream, type Logger } from "pino";

export type Log = Logger;

export interface LogOptions {
  readonly level: string;
  /** Where the lines go; standard output by default. */
  readonly destination?: DestinationStream;
}

/** JSON lines. Whoever serves a request logs through `log.child({ requestId, tenantId })`. */
export function createLog({ level, destination }: LogOptions): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    // On the finished line: pino's own `redact` knows fixed paths only, and misses messages, errors and child loggers.
    hooks: { streamWrite: withoutSecrets },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

const secretName =
  "[\\w-]*(?:password|passwd|secret|token|authorization|cookie|credential|(?:api|private|signing|publishable)[-_]?key)[\\w-]*|key";

// The value of a field with such a name: a string, a list, or an object without objects in it (a Buffer, for instance).
// The second form is JSON inside of a string. Numbers stay: they are counts of tokens, not tokens.
const secretField = new RegExp(`("(?:${secretName})":)(?:"(?:[^"\\\\]|\\\\.)*"|\\[[^\\]]*\\]|\\{[^{}]*\\})`, "gi");
const quotedSecretField = new RegExp(`(\\\\"(?:${secretName})\\\\":\\s*\\\\")(?:(?!\\\\").)*`, "gi");

// What is secret wherever it stands: API keys, JSON web tokens, credentials of a header, the password of a URL.
const secretValue =
  /\b(?:nx_(?:live|test|refresh|invite|feed|email)_|pk_)[\w-]+|\beyJ[\w-]+\.[\w-]+(?:\.[\w-]+)?|\b((?:Bearer|Basic) )[\w.~+/=-]+/gi;
const urlPassword = /(\b[a-z][a-z\d+.-]*:\/\/[^\s:/@"]*:)[^\s/@"]+(?=@)/gi;

const mask = "[redacted]";

export function withoutSecrets(line: string): string {
  return line
    .replace(secretField, `$1"${mask}"`)
    .replace(quotedSecretField, `$1${mask}`)
    .replace(secretValue, (_, scheme: string | undefined) => `${scheme ?? ""}${mask}`)
    .replace(urlPassword, `$1${mask}`);
}
