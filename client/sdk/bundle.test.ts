import { fileURLToPath } from "node:url";
import { expect, it } from "@jest/globals";
import { build } from "esbuild";

it("bundles for a browser: nothing of Node, documents that aren't used left out", async () => {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: 'import { createNexora } from "./index.ts"; globalThis.nexora = createNexora({ url: "/graphql" });',
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    minify: true,
    platform: "browser",
    format: "esm",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  expect(Object.keys(metafile.inputs).filter((path) => path.startsWith("node:"))).toEqual([]);
  const text = outputFiles[0]?.text ?? "";
  expect(Object.keys(metafile.inputs).filter((path) => path.includes("node_modules/ws/"))).toEqual([]);
  expect(text).toContain("CaptureLead");
  expect(text).not.toContain("UnmergeLeads");
});
