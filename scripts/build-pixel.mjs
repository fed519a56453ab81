// Bundles client/pixel into dist/pixel/pixel.js. Runs after `npm install` and before `npm start`; what is up to date is left alone.
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { canBuild, compress, fingerprint, root } from "./bundling.mjs";

const source = join(root, "client", "pixel");
const target = join(root, "dist", "pixel");
const file = join(target, "pixel.js");
const stamp = join(target, "built-from");
const packageFile = join(root, "package.json");

async function bundle() {
  const [{ build }, { default: swc }] = await Promise.all([import("esbuild"), import("@swc/core")]);
  const { version } = JSON.parse(await readFile(packageFile, "utf8"));
  const { outputFiles } = await build({
    entryPoints: [join(source, "pixel.ts")],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2021",
    logLevel: "warning",
    absWorkingDir: root,
    tsconfigRaw: { compilerOptions: {} },
    define: { pixelVersion: JSON.stringify(version) },
    // Whatever is missing in a browser is missing without a word: the page goes on.
    banner: { js: "try{" },
    footer: { js: "}catch{}" },
  });
  // Not esbuild's own minifier, which goes over the text once: further passes save 5 % of a file that every visitor loads.
  const { code } = await swc.minify(outputFiles[0].text, {
    module: false,
    ecma: 2021,
    compress: { passes: 3, ecma: 2021 },
    mangle: true,
  });
  return code;
}

async function main() {
  if (!canBuild(source)) return;
  const names = (await readdir(source)).filter((name) => !name.endsWith(".test.ts")).sort();
  const sources = names.map((name) => join(source, name));
  const expected = await fingerprint([fileURLToPath(import.meta.url), packageFile, ...sources]);
  if (existsSync(`${file}.gz`) && existsSync(stamp) && (await readFile(stamp, "utf8")) === expected) return;
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await writeFile(file, await bundle());
  await compress(file);
  await writeFile(stamp, expected);
  const { length } = await readFile(`${file}.gz`);
  console.log(`The pixel is built (${length} bytes compressed).`);
}

await main();
