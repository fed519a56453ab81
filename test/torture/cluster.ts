import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { freePort } from "../free-port.ts";
import { type RedisServer, startRedisServer } from "../redis-server.ts";
import { buildServer, type Installation, installation, type ServerProcess } from "../server-process.ts";
import type { TestTenant } from "../app.ts";
import type { Random } from "./random.ts";

const maxStarts = 20;

interface Member {
  readonly url: string;
  readonly port: number;
  readonly home: Installation;
  process: ServerProcess;
}

/** Real server processes on one PostgreSQL and one Redis, all of which come back where they were. */
export class Cluster implements AsyncDisposable {
  readonly database: TestDatabase;
  readonly tenant: TestTenant;
  readonly urls: readonly string[];
  readonly #members: Member[];
  readonly #redisPort: number;
  readonly #env: Readonly<Record<string, string>>;
  #redis: RedisServer;

  private constructor(fields: {
    database: TestDatabase;
    tenant: TestTenant;
    members: Member[];
    redis: RedisServer;
    env: Readonly<Record<string, string>>;
  }) {
    this.database = fields.database;
    this.tenant = fields.tenant;
    this.#members = fields.members;
    this.#redis = fields.redis;
    this.#redisPort = fields.redis.port;
    this.#env = fields.env;
    this.urls = fields.members.map(({ url }) => url);
  }

  static async start(size: number): Promise<Cluster> {
    await buildServer();
    const database = await createTestDatabase();
    const redis = await startRedisServer();
    const env = {
      DATABASE_URL: database.ownerUrl,
      DATABASE_APP_URL: database.appUrl,
      DATABASE_POOL_SIZE: "10",
      REDIS_URL: redis.url,
      NEXORA_SECRET: randomBytes(32).toString("hex"),
      LOG_LEVEL: "error",
    };
    const members: Member[] = [];
    let tenant: TestTenant | undefined;
    for (let index = 0; index < size; index += 1) {
      const port = await freePort();
      const home = await installation();
      const process = home.start({ ...env, PORT: String(port) });
      members.push({ url: await process.ready, port, home, process });
      tenant ??= JSON.parse(await home.read("credentials.json")) as TestTenant; // as documented in README.md
    }
    if (tenant === undefined) throw new Error("a cluster has a server");
    return new Cluster({ database, tenant, members, redis, env });
  }

  /** `kill -9`, and a new start after a moment. */
  async killServer(random: Random): Promise<void> {
    const member = random.pick(this.#members);
    member.process.signal("SIGKILL");
    await member.process.ended;
    await this.#restart(member);
  }

  // A start refuses a Redis that is away at that moment: whoever runs servers starts them again.
  async #restart(member: Member): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      member.process = member.home.start({ ...this.#env, PORT: String(member.port) });
      try {
        await member.process.ready;
        return;
      } catch (error) {
        if (attempt === maxStarts) throw error;
        await sleep(200);
      }
    }
  }

  async killRedis(): Promise<void> {
    await this.#redis.stop("SIGKILL");
    this.#redis = await startRedisServer({ port: this.#redisPort });
  }

  /** What the servers had to say, for a failure's report. */
  output(): string {
    return this.#members.map(({ process }) => process.output().slice(-2_000)).join("\n");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { home } of this.#members) await home[Symbol.asyncDispose]();
    await this.#redis.stop();
    await this.database[Symbol.asyncDispose]();
  }
}
