import { Writable } from "node:stream";
import { describe, expect, it } from "@jest/globals";
import { createLog } from "../log.ts";
import type { Principal } from "../operations/principal.ts";
import { createApp } from "./app.ts";
import { createContext } from "./request-context.ts";

const principal: Principal = {
  kind: "API_KEY",
  tenantId: "0193a000-0000-7000-8000-000000000001",
  keyId: "0193a000-0000-7000-8000-000000000002",
  scopes: [],
  expiresAt: null,
};

describe("the log of requests", () => {
  it("names request and tenant of what failed, and neither secrets nor what went well", async () => {
    const lines: Record<string, unknown>[] = [];
    const destination = new Writable({
      write(chunk, _encoding, done) {
        lines.push(JSON.parse(String(chunk)) as Record<string, unknown>);
        done();
      },
    });
    await using app = createApp({ log: createLog({ level: "info", destination }), trustProxy: false });
    app.get("/fails", (request) => {
      createContext(request, principal, new AbortController());
      throw new Error("the inner words");
    });
    app.get("/works", () => "fine");
    const headers = { "x-request-id": "request-1", authorization: "Bearer nx_live_secret" };
    const failed = await app.inject({ url: "/fails", headers });
    expect(failed.statusCode).toBe(500);
    expect(failed.body).not.toContain("inner words");
    await app.inject({ url: "/works", headers });

    const [failure, answered, ...others] = lines;
    expect(failure).toMatchObject({
      level: "error",
      requestId: "request-1",
      tenantId: principal.tenantId,
      err: { message: "the inner words" },
    });
    expect(answered).toMatchObject({
      level: "warn",
      requestId: "request-1",
      tenantId: principal.tenantId,
      path: "/fails",
      status: 500,
    });
    expect(others).toEqual([]);
    expect(JSON.stringify(lines)).not.toContain("nx_live_secret");
  });
});
