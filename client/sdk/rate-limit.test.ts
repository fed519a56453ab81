import { expect, it } from "@jest/globals";
import { startApp } from "../../test/app.ts";
import { createNexora, LeadCountDocument } from "./index.ts";
import { readRateLimit } from "./rate-limit.ts";

it("tells what the bucket held when the server answered last", async () => {
  await using app = await startApp({ env: { PLANS: "standard=10000/200" } });
  const nexora = createNexora({ url: app.url, credential: app.tenant.secretKey });
  expect(nexora.rateLimit).toBeUndefined();
  await nexora.query(LeadCountDocument, {});
  expect(nexora.rateLimit).toMatchObject({ max: 10_000, restoreRate: 200 });
  expect(nexora.rateLimit?.available).toBeGreaterThan(9_900);
}, 60_000);

it("doesn't guess from other headers", () => {
  expect(readRateLimit(new Headers())).toBeUndefined();
  expect(
    readRateLimit(new Headers({ ratelimit: '"default";r=50;t=30', "ratelimit-policy": "default" })),
  ).toBeUndefined();
});
