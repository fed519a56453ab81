/**
 * Prints the SQL that takes a database from an earlier schema.prisma to the present one, with Prisma's own engine and
 * without its download. Review it, add what Prisma can't express (policies, functions, checks) and save it as
 * prisma/migrations/<time>_<name>/migration.sql.
 *
 *   tsx scripts/migration-sql.ts <database URL> [file with the earlier schema.prisma]
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";

const [connectionString, earlierSchema] = process.argv.slice(2);
if (connectionString === undefined) {
  throw new Error("usage: tsx scripts/migration-sql.ts <database URL> [earlier schema.prisma]");
}
const path = "prisma/schema.prisma";
const schemaFile = async (file: string) => ({ path, content: await readFile(file, "utf8") });

const wasm = await readFile(
  fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg")).replace(/\.js$/, ".wasm"),
);
const { instance } = await WebAssembly.instantiate(wasm, {
  "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
});
bindings.__wbg_set_wasm(instance.exports);
(instance.exports["__wbindgen_start"] as () => void)();

const now = await schemaFile(path);
const engine = await bindings.SchemaEngine.new(
  { datamodels: [[now.path, now.content]] },
  () => undefined,
  bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString })),
);
const { stdout } = await engine.diff({
  from:
    earlierSchema === undefined
      ? { tag: "empty" }
      : { tag: "schemaDatamodel", files: [await schemaFile(earlierSchema)] },
  to: { tag: "schemaDatamodel", files: [now] },
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
process.stdout.write(stdout ?? "");
process.exit(0);
