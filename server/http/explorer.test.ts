import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { fastify, type FastifyInstance } from "fastify";
import { addExplorer } from "./explorer.ts";

let folder: string;
let app: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nexora-explorer-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<!doctype html>");
  await writeFile(join(folder, "assets", "page-ABC.js"), "plain");
  await writeFile(join(folder, "assets", "page-ABC.js.br"), "brotli");
  await writeFile(join(folder, "assets", "page-ABC.js.gz"), "gzip");
  app = fastify();
  addExplorer(app, folder);
});

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

describe("the explorer's page", () => {
  it("allows no script but its own and no frame around it", async () => {
    const { statusCode, headers } = await app.inject("/explorer");
    expect(statusCode).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self'(?:;|$)/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  });

  it("is checked anew each time, and not sent again when it is the same", async () => {
    const first = await app.inject("/explorer");
    expect(first.headers["cache-control"]).toBe("no-cache");
    const again = await app.inject({ url: "/explorer", headers: { "if-none-match": String(first.headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
  });

  it("sends the address with a slash to the one without", async () => {
    const { statusCode, headers } = await app.inject("/explorer/");
    expect([statusCode, headers.location]).toEqual([308, "../explorer"]);
  });

  it("says what to do when it isn't built", async () => {
    await using empty = fastify();
    addExplorer(empty, join(folder, "nowhere"));
    const { statusCode, body } = await empty.inject("/explorer");
    expect(statusCode).toBe(503);
    expect(body).toContain("npm run build:explorer");
  });
});

describe("the explorer's files", () => {
  it.each([
    ["gzip, deflate, br, zstd", "br", "brotli"],
    ["gzip", "gzip", "gzip"],
    ["br;q=0, gzip", "gzip", "gzip"],
    ["identity", undefined, "plain"],
  ])("come as the caller accepts them: %s", async (accepted, encoding, body) => {
    const answer = await app.inject({ url: "/explorer/assets/page-ABC.js", headers: { "accept-encoding": accepted } });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(answer.headers["content-encoding"]).toBe(encoding);
    expect(answer.headers.vary).toBe("accept-encoding");
    expect(answer.headers["cache-control"]).toContain("immutable");
    expect(answer.body).toBe(body);
  });

  it.each(["nothing-XYZ.js", "..%2Findex.html", "..%2f..%2fpackage.json", "page-ABC.js.br", "page-ABC.js%00"])(
    "are only those of the bundle: not %s",
    async (file) => {
      const { statusCode } = await app.inject(`/explorer/assets/${file}`);
      expect([400, 404]).toContain(statusCode);
    },
  );
});
