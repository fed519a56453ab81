import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import PostalMime, { type Email } from "postal-mime";

/** The mails that an installation without a mail server has written, as a mail program reads them, in the order of their instants. */
export async function readMailFiles(dataDirectory: string): Promise<Email[]> {
  const folder = join(dataDirectory, "mail");
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith(".eml")).toSorted();
  return Promise.all(files.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))));
}
