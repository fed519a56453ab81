import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";

const run = promisify(execFile);

/** Compiles operations of test/relay/ against a schema; resolves with the names of what was made. */
async function compile(schema: string, sources = ["operations.js", "nodes.js"]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "relay-"));
  try {
    await mkdir(join(folder, "source"));
    for (const source of sources) await copyFile(`test/relay/${source}`, join(folder, "source", source));
    await writeFile(join(folder, "schema.graphql"), schema);
    const config = { src: "./source", schema: "./schema.graphql", language: "typescript", noSourceControl: true };
    await writeFile(join(folder, "relay.config.json"), JSON.stringify(config));
    await run(process.execPath, [resolve("node_modules/relay-compiler/cli.js"), "relay.config.json"], { cwd: folder });
    return await readdir(join(folder, "source/__generated__"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const without = async (text: string) => {
  const schema = await readFile("schema.graphql", "utf8");
  expect(schema).toContain(text);
  return schema.replace(text, text.replace(" implements Node", ""));
};

describe("Relay's compiler", () => {
  it("takes the schema: connections both ways, refetching by Query and by node, edges appended and deleted", async () => {
    const files = await compile(await readFile("schema.graphql", "utf8"));
    expect(files).toEqual(
      expect.arrayContaining([
        "operationsLeadsQuery.graphql.ts",
        "operationsJournalQuery.graphql.ts",
        "operationsNotesQuery.graphql.ts",
        "operationsAddNoteMutation.graphql.ts",
        "nodesQuery.graphql.ts",
      ]),
    );
  });

  it("can't refetch what is no Node", async () => {
    await expect(compile(await without("type Lead implements Node"), ["operations.js"])).rejects.toMatchObject({
      stderr: expect.stringMatching(/@refetchable[^]*operations_notes/),
    });
  });
});
