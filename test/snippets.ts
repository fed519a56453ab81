import { readFile } from "node:fs/promises";

export interface Snippet {
  /** Such as `README.md:27`. */
  readonly place: string;
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a Markdown file in one of these languages. */
export async function readSnippets(
  file: string,
  languages: readonly string[],
  root = new URL("../", import.meta.url),
): Promise<Snippet[]> {
  const text = await readFile(new URL(file, root), "utf8");
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(({ index, 1: language = "", 2: body = "" }) =>
    languages.includes(language)
      ? [{ place: `${file}:${text.slice(0, index).split("\n").length}`, language, text: body }]
      : [],
  );
}
