import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import { createLog } from "../log.ts";
import { createApp } from "./app.ts";
import { addPixel } from "./pixel.ts";

let folder: string;
let app: FastifyInstance;

const appIn = (path: string) => {
  const created = createApp({ log: createLog({ level: "silent" }), trustProxy: false });
  addPixel(created, path);
  return created;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nexora-pixel-"));
  await writeFile(join(folder, "pixel.js"), "plain");
  await writeFile(join(folder, "pixel.js.gz"), "gzip");
  app = appIn(folder);
});

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

it("gives the pixel to pages of any origin, without credentials", async () => {
  const { statusCode, headers, body } = await app.inject({
    url: "/pixel.js",
    headers: { origin: "https://shop.example" },
  });
  expect([statusCode, body]).toEqual([200, "plain"]);
  expect(headers).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "public, max-age=3600, stale-while-revalidate=86400",
    vary: "accept-encoding",
  });
  expect(headers).not.toHaveProperty("access-control-allow-credentials");
  expect(headers).not.toHaveProperty("set-cookie");
});

it("compresses it for who accepts that, and doesn't send it again when it is the same", async () => {
  const first = await app.inject({ url: "/pixel.js", headers: { "accept-encoding": "gzip" } });
  expect([first.headers["content-encoding"], first.body]).toEqual(["gzip", "gzip"]);
  const etag = String(first.headers.etag);
  const again = await app.inject({
    url: "/pixel.js",
    headers: { "accept-encoding": "gzip", "if-none-match": etag },
  });
  expect([again.statusCode, again.body]).toEqual([304, ""]);
  const plain = await app.inject({ url: "/pixel.js", headers: { "if-none-match": etag } });
  expect(plain.body).toBe("plain");
});

it("says what to do when it isn't built, and lets nobody keep that", async () => {
  await using empty = appIn(join(folder, "nowhere"));
  const { statusCode, headers, body } = await empty.inject("/pixel.js");
  expect([statusCode, headers["cache-control"]]).toEqual([503, "no-store"]);
  expect(body).toContain("npm run build:pixel");
});
