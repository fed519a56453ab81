import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { errorCode } from "../error-code.ts";
import type { Log } from "../log.ts";
import { documentIdOf } from "../operations/document-id.ts";

/** Where the code generator writes the SDK's documents, by their ids. */
const sdkManifest = join("client", "generated", "documents.json");

/** The documents of the SDK that came with this server. Without them the SDK sends texts. */
export async function readBuiltInDocuments(log: Log, file: string = sdkManifest): Promise<ReadonlyMap<string, string>> {
  let content: string;
  try {
    content = await readFile(file, "utf8");
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    log.warn({ file }, "the SDK's documents aren't there: clients send texts instead of ids");
    return new Map();
  }
  const texts = Object.values(z.record(z.string(), z.string()).parse(JSON.parse(content)));
  return new Map(texts.map((text) => [documentIdOf(text), text]));
}
