import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ConfigError, loadConfig, variableNames } from "./config.ts";

const example = readFileSync(".env.example", "utf8");
const assignments = example.split("\n").flatMap((line) => {
  const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
  return name === undefined ? [] : [[name, value ?? ""] as const];
});

function messageOf(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "";
}

describe("config", () => {
  it("needs no variable", () => {
    expect(loadConfig({})).toMatchObject({
      http: { port: 4000 },
      dataDirectory: resolve(".nexora"),
      database: { ownerUrl: undefined, statementTimeoutMs: 10_000 },
      redisUrl: undefined,
    });
  });

  it("is described by .env.example, name by name", () => {
    expect(assignments.map(([name]) => name).toSorted()).toEqual([...variableNames].toSorted());
  });

  it("has the defaults that .env.example shows", () => {
    expect(loadConfig(Object.fromEntries(assignments))).toEqual(loadConfig({}));
  });

  it("takes an empty variable as absent", () => {
    expect(loadConfig({ PORT: " ", REDIS_URL: "" })).toEqual(loadConfig({}));
  });

  it.each([
    [{ PORT: "http" }, "PORT must be a whole number"],
    [{ PORT: "65536" }, "PORT must be 65535 or less"],
    [{ PORT: "-1" }, "PORT must be a whole number"],
    [{ DATABASE_URL: "mysql://x/y" }, "DATABASE_URL must be a URL that begins with postgres:// or postgresql://"],
    [{ REDIS_URL: "localhost:6379" }, "REDIS_URL must be a URL that begins with redis:// or rediss://"],
    [{ PUBLIC_URL: "nexora.example" }, "PUBLIC_URL must be a URL that begins with http:// or https://"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent"],
    [{ TRUST_PROXY: "maybe" }, "TRUST_PROXY must be true or false"],
    [{ NEXORA_SECRET: "short" }, "NEXORA_SECRET must have 32 bytes or more"],
    [
      { DATABASE_APP_URL: "postgres://a:b@c/d" },
      "DATABASE_APP_URL needs DATABASE_URL, the login that applies the migrations",
    ],
    [{ PORT: "x", LOG_LEVEL: "y" }, /^PORT .+\nLOG_LEVEL .+$/],
  ])("refuses %j in one line per variable", (env, message) => {
    const text = messageOf(env as Record<string, string>);
    if (message instanceof RegExp) expect(text).toMatch(message);
    else expect(text).toBe(message);
  });

  it("doesn't repeat a value that may be a password", () => {
    expect(messageOf({ DATABASE_URL: "postgre://user:hunter2@host/db" })).not.toContain("hunter2");
  });
});
