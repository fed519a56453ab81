// The tools that look at the public API, as `npm run check` and a release call them: CI runs the tests alone.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from "graphql";
import { apiReference } from "../scripts/api-reference.ts";
import { startApp, type TestApp } from "./app.ts";

const run = promisify(execFile);
const tool = (name: string, ...args: string[]) => run(`node_modules/.bin/${name}`, args);
const committed = () => readFile("schema.graphql", "utf8");

let app: TestApp;
let folder: string;

beforeAll(async () => {
  app = await startApp();
  folder = await mkdtemp(join(tmpdir(), "schema-"));
});

afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

/** The committed schema with a change, in a file of its own. */
async function changed(from: string, to: string): Promise<string> {
  const text = await committed();
  expect(text).toContain(from);
  const path = join(folder, "changed.graphql");
  await writeFile(path, text.replace(from, to));
  return path;
}

describe("the public schema", () => {
  it("breaks nothing that the last release promised", async () => {
    await run("npm", ["run", "--silent", "contract"]);
  }, 240_000);

  it("is what the running server tells a key that introspects", async () => {
    const query = getIntrospectionQuery({
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
    });
    const { data } = await app.graphql(query);
    const live = buildClientSchema(data as unknown as IntrospectionQuery);
    const print = (schema: GraphQLSchema) => printSchema(lexicographicSortSchema(schema));
    expect(print(live)).toBe(print(buildSchema(await committed())));
  });

  it("is the running server's for graphql-inspector", async () => {
    const header = `Authorization: Bearer ${app.tenant.secretKey}`;
    const compare = (schema: string) =>
      tool("graphql-inspector", "diff", schema, `${app.url}/graphql`, "--header", header);
    await compare("schema.graphql");
    const other = await changed("type Lead implements Node {", "type Lead implements Node {\n  gone: String\n");
    await expect(compare(other)).rejects.toMatchObject({ code: 1 });
  }, 240_000);

  it("is clean for graphql-schema-linter", async () => {
    await tool("graphql-schema-linter", "schema.graphql");
    const bad = await changed('"""A person who may become a customer. One person is one lead."""', "");
    await expect(tool("graphql-schema-linter", bad)).rejects.toMatchObject({
      stdout: expect.stringContaining("types-have-descriptions"),
    });
  }, 240_000);

  it("is clean for @graphql-eslint, and so are our operations", async () => {
    await tool("eslint", "--config", "eslint.graphql.config.js", "schema.graphql", "client/operations/**/*.graphql");
  }, 240_000);

  it("is what the API reference tells", async () => {
    const pages = apiReference(buildSchema(await committed()));
    for (const [file, text] of pages) expect([file, await readFile(`docs/api/${file}`, "utf8")]).toEqual([file, text]);
  });
});
