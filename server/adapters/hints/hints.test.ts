import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { Redis } from "ioredis";
import { startRedisServer } from "../../../test/redis-server.ts";
import { testRedisUrl } from "../../../test/redis.ts";
import type { Hint, HintBus } from "../../journal/hints.port.ts";
import { InProcessHints } from "./in-process-hints.ts";
import { RedisHints } from "./redis-hints.ts";

async function eventually(isTrue: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`not within 10 s: ${what}`);
    await sleep(5);
  }
}

const ignore = () => undefined;

describe.each<[name: string, open: () => HintBus]>([
  ["in process", () => new InProcessHints()],
  ["Redis", () => new RedisHints(testRedisUrl(), ignore)],
])("the hint bus: %s", (_name, open) => {
  test("brings a hint to every subscriber of the tenant, and to no other", async () => {
    const bus = open();
    const [one, other] = [randomUUID(), randomUUID()];
    const received: string[] = [];
    const note =
      (who: string) =>
      ({ tenantId, position }: Hint) =>
        void received.push(`${who} ${tenantId === one} ${position}`);
    await bus.subscribe(one, note("a"));
    await bus.subscribe(one, note("b"));
    await bus.subscribe(other, note("c"));
    await eventually(() => bus.isHealthy(), "healthy");
    bus.publish({ tenantId: one, position: 12_345_678_901_234_567n });
    await eventually(() => received.length === 2, "two hints");
    expect(received.toSorted()).toEqual(["a true 12345678901234567", "b true 12345678901234567"]);
    await bus.close();
  });

  test("brings no hint after the subscription has ended, also when it is ended twice", async () => {
    const bus = open();
    const tenantId = randomUUID();
    const received: bigint[] = [];
    const stop = await bus.subscribe(tenantId, ({ position }) => void received.push(position));
    const stopLast = await bus.subscribe(tenantId, ({ position }) => void received.push(position * 10n));
    await eventually(() => bus.isHealthy(), "healthy");
    await stop();
    await stop();
    bus.publish({ tenantId, position: 1n });
    await eventually(() => received.length > 0, "the other one's hint");
    expect(received).toEqual([10n]);
    await stopLast();
    await bus.close();
  });
});

describe("hints over Redis", () => {
  test("publishing neither throws nor waits while Redis is away, and what was subscribed comes back by itself", async () => {
    const redis = await startRedisServer();
    const errors: Error[] = [];
    const bus = new RedisHints(redis.url, (error) => void errors.push(error));
    const tenantId = randomUUID();
    const received: bigint[] = [];
    let reconnects = 0;
    bus.onReconnect(() => (reconnects += 1));
    await bus.subscribe(tenantId, ({ position }) => void received.push(position));
    await eventually(() => bus.isHealthy(), "healthy");
    expect(reconnects).toBe(0);

    await redis.stop("SIGKILL");
    await eventually(async () => !(await bus.isHealthy()), "the outage");
    for (let position = 1n; position <= 5_000n; position += 1n) bus.publish({ tenantId, position });
    await eventually(() => errors.length > 0, "the report of it");

    await using again = await startRedisServer({ port: redis.port });
    await eventually(() => reconnects === 1, "the reconnection");
    await eventually(() => bus.isHealthy(), "healthy again");
    bus.publish({ tenantId, position: 6_000n });
    await eventually(() => received.length > 0, "a hint");
    expect(received).toEqual([6_000n]);
    expect(errors.length).toBe(1);
    await bus.close();
    await again.stop();
  });

  test("a subscription made while Redis is away holds once it is there", async () => {
    const redis = await startRedisServer();
    await redis.stop("SIGKILL");
    const bus = new RedisHints(redis.url, ignore);
    const tenantId = randomUUID();
    const received: bigint[] = [];
    const subscribing = bus.subscribe(tenantId, ({ position }) => void received.push(position));
    await using again = await startRedisServer({ port: redis.port });
    await subscribing;
    await eventually(() => bus.isHealthy(), "healthy");
    bus.publish({ tenantId, position: 3n });
    await eventually(() => received.length === 1, "the hint");
    await bus.close();
    await again.stop();
  });

  test("leaves nothing behind in Redis after 1,000 subscriptions", async () => {
    const bus = new RedisHints(testRedisUrl(), ignore);
    const tenants = Array.from({ length: 1_000 }, () => randomUUID());
    const stops = await Promise.all(tenants.map((tenantId) => bus.subscribe(tenantId, ignore)));
    await Promise.all(stops.map((stop) => stop()));
    const redis = new Redis(testRedisUrl());
    await eventually(async () => {
      const channels = new Set((await redis.pubsub("CHANNELS", "nexora:journal:*")) as string[]);
      return tenants.every((tenantId) => !channels.has(`nexora:journal:${tenantId}`));
    }, "no channel left");
    await bus.close();
    redis.disconnect();
  });
});
