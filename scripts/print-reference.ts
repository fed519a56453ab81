// Writes docs/api anew from schema.graphql.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { buildSchema } from "graphql";
import { apiReference } from "./api-reference.ts";

const folder = new URL("../docs/api/", import.meta.url);
const schema = buildSchema(await readFile(new URL("../schema.graphql", import.meta.url), "utf8"));

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const [file, text] of apiReference(schema)) await writeFile(new URL(file, folder), text);
