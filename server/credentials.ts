import { join } from "node:path";
import { readIfExists, writePrivateFile } from "./db/data-directory.ts";

/** What the first start makes. */
export interface Credentials {
  readonly tenantId: string;
  readonly ownerEmail: string;
  readonly ownerPassword: string;
  readonly secretKey: string;
  readonly publishableKey: string;
}

export const credentialsFile = (dataDirectory: string) => join(dataDirectory, "credentials.json");

export async function writeCredentials(dataDirectory: string, url: string, credentials: Credentials): Promise<void> {
  const { tenantId, ownerEmail, ownerPassword, secretKey, publishableKey } = credentials;
  const content = { url, tenantId, ownerEmail, ownerPassword, secretKey, publishableKey };
  await writePrivateFile(credentialsFile(dataDirectory), `${JSON.stringify(content, undefined, 2)}\n`);
}

/** A later start may listen elsewhere; tools find the server through this file. */
export async function updateCredentialsUrl(dataDirectory: string, url: string): Promise<void> {
  const text = await readIfExists(credentialsFile(dataDirectory));
  if (text === undefined) return;
  const content = parse(text);
  if (content === undefined || content["url"] === url) return;
  await writePrivateFile(credentialsFile(dataDirectory), `${JSON.stringify({ ...content, url }, undefined, 2)}\n`);
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === "object" && content !== null ? { ...content } : undefined;
  } catch {
    return undefined; // edited by hand, and not ours to replace
  }
}
