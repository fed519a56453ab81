import type { FastifyRequest } from "fastify";

type Named = Readonly<Record<string, unknown>>;

/**
 * The key of a request, as an Authorization header for the authenticator: clients put it into Basic's name, Bearer, X-Write-Key, the body or
 * the address. A beacon and an image can set no header.
 */
export function collectCredential(
  headers: FastifyRequest["headers"],
  body: unknown,
  query: unknown,
): string | undefined {
  const key =
    basicName(headers.authorization) ??
    keyOf(headers["x-write-key"]) ??
    keyOf(headers["x-api-key"]) ??
    keyIn(body) ??
    keyIn(query);
  return key === undefined ? headers.authorization : `Bearer ${key}`;
}

function basicName(authorization: string | undefined): string | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  return keyOf(Buffer.from(encoded, "base64").toString());
}

function keyIn(place: unknown): string | undefined {
  if (typeof place !== "object" || place === null) return undefined;
  const { writeKey, key } = place as Named;
  return keyOf(writeKey) ?? keyOf(key);
}

/** Jitsu's keys are two with a colon between them, as Basic's name and password; ours stands in front of it. */
function keyOf(value: unknown): string | undefined {
  const [key = ""] = typeof value === "string" ? value.split(":", 1) : [];
  return key === "" ? undefined : key;
}
