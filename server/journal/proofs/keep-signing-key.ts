import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readOrCreatePrivateFile } from "../../db/data-directory.ts";
import { StartupError } from "../../startup-error.ts";
import { type SigningKey, signingKeyFrom } from "./checkpoint-key.ts";

/** The key that signs checkpoints: the setting's, or that of the data folder, which is made when there is none. Never the database's. */
export async function keepSigningKey(setting: string | undefined, dataDirectory: string): Promise<SigningKey> {
  if (setting !== undefined) return signingKeyFrom(Buffer.from(setting, "base64"));
  const file = join(dataDirectory, "signing-key");
  const text = await readOrCreatePrivateFile(file, () => `${randomBytes(32).toString("base64")}\n`);
  const seed = Buffer.from(text.trim(), "base64");
  if (seed.length === 32) return signingKeyFrom(seed);
  throw new StartupError(`${file} is damaged: restore it, or remove it and checkpoints are signed with another key`);
}
