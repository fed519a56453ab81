// Bundles client/explorer into dist/explorer: everything that the page needs, so that it asks no other host for anything.
// Runs after `npm install` and before `npm start`; what is up to date is left alone. Plain JavaScript without
// dependencies but esbuild, which is loaded only when there is something to build.
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { canBuild, compress, fingerprint, root } from "./bundling.mjs";

const source = join(root, "client", "explorer");
const target = join(root, "dist", "explorer");
const assets = join(target, "assets");
const stamp = join(target, "built-from");

async function isUpToDate(expected) {
  return existsSync(join(target, "index.html")) && existsSync(stamp) && (await readFile(stamp, "utf8")) === expected;
}

/** GraphiQL's own style sheet has Monaco's, too: Monaco's imports of it would only make a second copy. */
const withoutMonacoStyles = {
  name: "without-monaco-styles",
  setup(build) {
    build.onLoad({ filter: /[\\/]monaco-editor[\\/].*\.css$/ }, () => ({ contents: "", loader: "empty" }));
  },
};

async function bundle() {
  const { build } = await import("esbuild");
  const common = {
    bundle: true,
    minify: true,
    metafile: true,
    outdir: assets,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    target: "es2022",
    legalComments: "linked",
    logLevel: "warning",
    absWorkingDir: root,
  };
  const workers = await build({
    ...common,
    format: "iife",
    entryPoints: {
      "worker-editor": "monaco-editor/esm/vs/editor/editor.worker.js",
      "worker-json": "monaco-editor/esm/vs/language/json/json.worker.js",
      "worker-graphql": "monaco-graphql/esm/graphql.worker.js",
    },
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  });
  const page = await build({
    ...common,
    format: "esm",
    keepNames: true, // GraphiQL makes the names of its icons, which screen readers read, from those of functions
    splitting: true, // the editor and the formatter arrive when they are needed
    entryPoints: {
      explorer: join(source, "explorer.tsx"),
      style: join(source, "explorer.css"),
      icon: join(source, "icon.svg"),
    },
    loader: { ".svg": "copy" },
    jsx: "automatic",
    tsconfigRaw: { compilerOptions: {} },
    define: {
      "process.env.NODE_ENV": '"production"',
      workerFiles: JSON.stringify({
        editor: outputOf(workers, "worker-editor"),
        json: outputOf(workers, "worker-json"),
        graphql: outputOf(workers, "worker-graphql"),
      }),
    },
    plugins: [withoutMonacoStyles],
  });
  return { workers, page };
}

/** The name of the file that an entry point became. */
function outputOf({ metafile }, entry) {
  const path = Object.keys(metafile.outputs).find(
    (output) => /\.(?:js|css|svg)$/.test(output) && basename(output).startsWith(`${entry}-`),
  );
  if (path === undefined) throw new Error(`nothing was built for ${entry}`);
  return basename(path);
}

async function main() {
  if (!canBuild(source)) return;
  const names = (await readdir(source)).filter((name) => !name.endsWith(".test.ts")).sort();
  const expected = await fingerprint([fileURLToPath(import.meta.url), ...names.map((name) => join(source, name))]);
  if (await isUpToDate(expected)) return;
  const start = performance.now();
  await rm(target, { recursive: true, force: true });
  await mkdir(assets, { recursive: true });
  const { page } = await bundle();
  const files = (await readdir(assets)).filter((name) => /\.(?:js|css|svg)$/.test(name));
  await Promise.all(files.map((name) => compress(join(assets, name))));
  const html = (await readFile(join(source, "index.html"), "utf8"))
    .replace("{{script}}", `explorer/assets/${outputOf(page, "explorer")}`)
    .replace("{{style}}", `explorer/assets/${outputOf(page, "style")}`)
    .replace("{{icon}}", `explorer/assets/${outputOf(page, "icon")}`);
  await writeFile(join(target, "index.html"), html);
  await writeFile(stamp, expected);
  console.log(`The explorer is built (${files.length} files, ${((performance.now() - start) / 1000).toFixed(1)} s).`);
}

await main();
