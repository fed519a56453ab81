import { testServices } from "./services.ts";

/**
 * The Redis of this run. All files share it, and pub/sub knows no databases: name channels by something unique (a
 * tenant's id is). Who wants to stop Redis starts one with startRedisServer().
 */
export function testRedisUrl(): string {
  return testServices().redisUrl;
}
