// What the documentation shows is run against a started server: fences in the languages `ts`, `graphql` and `sh`. Others,
// such as `bash` and `text`, are shown only. The address http://localhost:4000 stands for the server; keys come from the environment:
// NEXORA_KEY, NEXORA_EMAIL, NEXORA_PASSWORD. A program that follows a feed may run for ever: it has to print something.
import { execFileSync, spawn } from "node:child_process";
import { globSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { getOperationAST, parse } from "graphql";
import { gql } from "@urql/core";
import { createNexora, type Nexora } from "../client/sdk/index.ts";
import { startApp, type TestApp } from "./app.ts";
import { readSnippets, type Snippet } from "./snippets.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const files = ["README.md", "client/sdk/README.md", ...globSync("docs/**/*.md", { cwd: root })];
const snippets = (await Promise.all(files.map((file) => readSnippets(file, ["ts", "graphql", "sh"])))).flat();
const named = (language: string) =>
  snippets.filter((snippet) => snippet.language === language).map((snippet) => [snippet.place, snippet] as const);

let app: TestApp;
let nexora: Nexora;
let folder: string;
let visitors: NodeJS.Timeout;

beforeAll(async () => {
  app = await startApp();
  nexora = createNexora({ url: app.url, credential: app.tenant.secretKey });
  // Snippets that follow a feed want something to happen.
  visitors = setInterval(() => void nexora.captureLead({ email: `visitor-${Date.now()}@example.com` }), 300);
  folder = await mkdtemp(join(tmpdir(), "nexora-snippets-"));
  // As its users get it: the package as `npm start` has built it, by its name.
  const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    scripts: { prestart: string };
  };
  const buildSdk = scripts.prestart.split(" && ").find((command) => command.includes("client/sdk")) ?? "";
  await rm(join(root, "client/sdk/dist"), { recursive: true, force: true });
  execFileSync("npm", ["exec", "--offline", "-c", buildSdk], { cwd: root, stdio: "inherit" });
  await mkdir(join(folder, "node_modules/@nexora"), { recursive: true });
  await symlink(join(root, "client/sdk"), join(folder, "node_modules/@nexora/sdk"));
  await symlink(join(root, "node_modules/@types"), join(folder, "node_modules/@types"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
}, 60_000);

afterAll(async () => {
  clearInterval(visitors);
  await app?.[Symbol.asyncDispose]();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

interface Outcome {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

const graceMs = 1_000;
const limitMs = 20_000;

/** Runs to the end, or until a second after its first output. */
function run(command: string, args: readonly string[]): Promise<Outcome> {
  const child = spawn(command, args, {
    cwd: folder,
    env: {
      ...process.env,
      NEXORA_KEY: app.tenant.secretKey,
      NEXORA_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 1).toString("base64")}`,
      NEXORA_EMAIL: app.tenant.ownerEmail,
      NEXORA_PASSWORD: app.tenant.ownerPassword,
    },
  });
  let output = "";
  let errors = "";
  let limit = setTimeout(() => child.kill(), limitMs);
  child.stdout.on("data", (chunk: Buffer) => {
    if (output === "") {
      clearTimeout(limit);
      limit = setTimeout(() => child.kill(), graceMs);
    }
    output += String(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => (errors += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => {
      clearTimeout(limit);
      resolve({ exitCode, output, errors });
    });
  });
}

const local = ({ text }: Snippet) => text.replaceAll("http://localhost:4000", app.url);

describe("the documentation's programs", () => {
  it("have the right types", async () => {
    const programs = named("ts").map(([place, { text }]) => [`${place.replaceAll(/\W/g, "-")}.ts`, text] as const);
    for (const [name, text] of programs) await writeFile(join(folder, name), text);
    const options = ["--noEmit", "--strict", "--target", "es2023", "--module", "nodenext", "--types", "node"];
    const names = programs.map(([name]) => name);
    expect(names).not.toEqual([]);
    const tsc = await run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...options, ...names]);
    expect(tsc).toMatchObject({ exitCode: 0, output: "" });
  }, 60_000);

  it.each(named("ts"))(
    "run: %s",
    async (place, snippet) => {
      const file = join(folder, `run-${place.replaceAll(/\W/g, "-")}.ts`);
      await writeFile(file, local(snippet));
      const { exitCode, output, errors } = await run(process.execPath, ["--disable-warning=ExperimentalWarning", file]);
      expect(errors).toBe("");
      expect(output).not.toBe("");
      expect([0, null]).toContain(exitCode);
    },
    30_000,
  );

  it("follow a feed where Node has no WebSocket of its own, as Node 20", async () => {
    const program = snippets.find(({ language, place }) => language === "ts" && place.startsWith("README.md"));
    if (program === undefined) throw new Error("the README has no program");
    const file = join(folder, "without-web-socket.ts");
    await writeFile(file, local(program));
    const flags = ["--disable-warning=ExperimentalWarning", "--no-experimental-websocket"];
    const { output, errors } = await run(process.execPath, [...flags, file]);
    expect(errors).toBe("");
    expect(output).not.toBe("");
  }, 30_000);
});

describe("the documentation's commands", () => {
  it.each(named("sh"))("run: %s", async (_place, snippet) => {
    const { exitCode, output, errors } = await run("bash", ["-euo", "pipefail", "-c", local(snippet)]);
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: "" });
    expect(output).not.toContain('"errors"');
  });
});

describe("the documentation's operations", () => {
  it.each(named("graphql"))("are answered: %s", async (_place, { text }) => {
    if (getOperationAST(parse(text))?.operation !== "subscription") {
      const { errors } = await app.graphql(text);
      expect(errors).toBeUndefined();
      return;
    }
    const feed = nexora.subscribe(gql(text));
    expect(await feed.next()).toMatchObject({ done: false });
    feed.close();
  });
});
