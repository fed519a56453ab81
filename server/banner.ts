import type { Credentials } from "./credentials.ts";

export interface BannerParts {
  readonly version: string;
  readonly url: string;
  readonly readyInMs: number;
  readonly postgres: { readonly kind: "embedded"; readonly folder: string } | RealPart;
  readonly events: { readonly kind: "embedded" } | RealPart;
  readonly mail:
    { readonly kind: "embedded"; readonly folder: string } | { readonly kind: "real"; readonly place: string };
  readonly secret: { readonly kind: "embedded"; readonly file: string } | { readonly kind: "real" };
  /** On the first start only. */
  readonly credentials: Credentials | undefined;
  readonly credentialsFile: string;
}

interface RealPart {
  readonly kind: "real";
  readonly place: string;
  readonly version: string;
}

/** What a person at the terminal reads: where to go, which parts are embedded, and once the first credentials. */
export function banner(parts: BannerParts): string {
  const { version, url, readyInMs, postgres, events, mail, secret, credentials, credentialsFile } = parts;
  const lines = [
    "",
    `Nexora ${version}, ready in ${(readyInMs / 1000).toFixed(1)} s`,
    "",
    line("GraphQL", `${url}/graphql (HTTP and WebSocket), ${url}/graphql/stream (SSE)`),
    line("Explorer", `${url}/explorer`),
    line("Health", `${url}/healthz, ${url}/readyz`),
    "",
    line("PostgreSQL", postgres.kind === "embedded" ? `embedded, in ${postgres.folder}` : real(postgres)),
    line("Live events", events.kind === "embedded" ? "embedded, for this process only" : `Redis, ${real(events)}`),
    line("Mail", mail.kind === "embedded" ? `files in ${mail.folder}` : `SMTP, ${mail.place} (real server)`),
    line("Secret", secret.kind === "embedded" ? `kept in ${secret.file}` : "from NEXORA_SECRET"),
    "",
  ];
  if (credentials === undefined) return lines.join("\n");
  return [
    ...lines,
    `First start: a tenant with an owner and keys. Also in ${credentialsFile}`,
    "",
    line("Tenant", credentials.tenantId),
    line("Owner", credentials.ownerEmail),
    line("Password", credentials.ownerPassword),
    line("Secret key", credentials.secretKey),
    line("Public key", credentials.publishableKey),
    "",
  ].join("\n");
}

const line = (name: string, text: string) => `  ${name.padEnd(13)}${text}`;
const real = ({ place, version }: RealPart) => `${place} (real server, ${version})`;
