// Generates the database client after `npm install`. Plain JavaScript without dependencies: it also has to run where
// only the dependencies of production are installed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

// A Docker layer that holds only package.json installs before the schema is there.
if (!existsSync(join(root, "prisma", "schema.prisma"))) process.exit(0);

const prisma = join(dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build", "index.js");
const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, "generate", "--no-hints"], {
  cwd: root,
  encoding: "utf8",
  // `generate` needs no schema engine, but the command line downloads it unless it is told of an executable file.
  env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CI: "1", ...process.env },
});
if (status !== 0) console.error(stdout + stderr);
process.exit(status ?? 1);
