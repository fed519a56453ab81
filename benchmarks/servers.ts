import { serveWithEmptyBuckets, serveWithoutPipeline, serveWithStandardPlan } from "./api-servers.ts";
import { serveBareSql, serveNexora } from "./leads-servers.ts";
import { serveBareRedirect } from "./redirect-server.ts";
import { serveBareFastify, serveMercurius, serveOurList, servePlainApollo } from "./list-servers.ts";

/** Every server of the benchmark, by name; starting one resolves with its port. */
export const servers: ReadonlyMap<string, () => Promise<number>> = new Map([
  ["nexora-list", serveOurList],
  ["apollo", servePlainApollo],
  ["mercurius-jit", serveMercurius],
  ["fastify", serveBareFastify],
  ["nexora-leads", serveNexora],
  ["pg-fastify", serveBareSql],
  ["fastify-redirect", serveBareRedirect],
  ["without-pipeline", serveWithoutPipeline],
  ["empty-buckets", serveWithEmptyBuckets],
  ["standard-plan", serveWithStandardPlan],
]);
