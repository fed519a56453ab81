import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readOrCreatePrivateFile } from "./db/data-directory.ts";
import { StartupError } from "./startup-error.ts";

export const secretFile = (dataDirectory: string) => join(dataDirectory, "secret");

/** The secret of this data folder: all processes that share the folder get the same. */
export async function keepSecret(dataDirectory: string): Promise<string> {
  const file = secretFile(dataDirectory);
  const secret = (await readOrCreatePrivateFile(file, () => `${randomBytes(48).toString("base64")}\n`)).trim();
  if (secret.length >= 32) return secret;
  throw new StartupError(`${file} is damaged: restore it, or remove it and let everybody sign in again`);
}
