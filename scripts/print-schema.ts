// Writes the public API, as the running server has it, to schema.graphql.
import "reflect-metadata";
import { writeFile } from "node:fs/promises";
import { printSchema } from "graphql";
import { buildNexoraSchema } from "../server/schema.ts";

await writeFile(new URL("../schema.graphql", import.meta.url), `${printSchema(await buildNexoraSchema())}\n`);
