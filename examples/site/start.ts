// Serves the example site against a running server. Run: npm run site
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { serveSite } from "./serve-site.ts";

interface Credentials {
  readonly url: string;
  readonly publishableKey: string;
}

/** Those that the first `npm start` has written; NEXORA_URL and NEXORA_KEY, a publishable key, come first. */
async function readCredentials(): Promise<Credentials> {
  const { NEXORA_URL: url, NEXORA_KEY: publishableKey, NEXORA_DATA: folder } = process.env;
  if (url && publishableKey) return { url, publishableKey };
  return JSON.parse(await readFile(join(folder || ".nexora", "credentials.json"), "utf8")) as Credentials;
}

try {
  const { url, publishableKey } = await readCredentials();
  const site = await serveSite({ server: url, key: publishableKey, port: Number(process.env["PORT"] ?? 4100) });
  console.log(`The site is at ${site.url}, its events and leads go to ${url}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error("Start a server with `npm start` first, or set NEXORA_URL and NEXORA_KEY (a publishable key).");
  process.exitCode = 1;
}
