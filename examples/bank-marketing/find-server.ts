import { readFile } from "node:fs/promises";
import { join } from "node:path";

export interface Server {
  readonly url: string;
  readonly key: string;
}

/** What a person has to do something about: told without a stack. */
export class DemoError extends Error {}

const defaultUrl = "http://localhost:4000";

/** The server that NEXORA_URL and NEXORA_KEY name, else the one that keeps its credentials here. */
export async function findServer(env: Readonly<Record<string, string | undefined>>): Promise<Server> {
  // An empty variable is one that isn't set, as for the server itself.
  const [dataFolder, givenUrl, givenKey] = ["NEXORA_DATA", "NEXORA_URL", "NEXORA_KEY"].map(
    (name) => env[name]?.trim() || undefined,
  );
  const file = join(dataFolder ?? ".nexora", "credentials.json");
  const stored = await readCredentials(file);
  const url = givenUrl ?? stored?.url ?? defaultUrl;
  if (!(await isAnswering(url))) {
    throw new DemoError(`No Nexora server answers at ${url} – start one with npm start`);
  }
  const key = givenKey ?? stored?.key;
  if (key === undefined) throw new DemoError(`There is no key for ${url}: set NEXORA_KEY (${file} doesn't exist)`);
  return { url, key };
}

async function readCredentials(file: string): Promise<Server | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return undefined; // no server was started here
  }
  const { url, secretKey } = JSON.parse(text) as Record<string, unknown>;
  if (typeof url !== "string" || typeof secretKey !== "string") throw new DemoError(`${file} has no url or secretKey`);
  return { url, key: secretKey };
}

async function isAnswering(url: string): Promise<boolean> {
  try {
    const response = await fetch(new URL("/healthz", url), { signal: AbortSignal.timeout(3_000) });
    return response.ok;
  } catch {
    return false;
  }
}
