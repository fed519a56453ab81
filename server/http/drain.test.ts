import { PassThrough } from "node:stream";
import { expect, it } from "@jest/globals";
import { drain } from "./drain.ts";

const chunk = Buffer.alloc(1_000);

it("ends with the stream", async () => {
  const stream = new PassThrough();
  const drained = drain(stream, { maxBytes: 10_000, maxMs: 60_000 });
  for (let sent = 0; sent < 5; sent++) stream.write(chunk);
  stream.end();
  await drained;
  expect(stream.readableEnded).toBe(true);
  await drain(stream, { maxBytes: 1, maxMs: 60_000 });
});

it.each([
  ["bytes", { maxBytes: 3_000, maxMs: 60_000 }],
  ["time", { maxBytes: 1_000_000, maxMs: 20 }],
])("gives up after enough %s", async (_, limits) => {
  const stream = new PassThrough();
  const drained = drain(stream, limits);
  for (let sent = 0; sent < 5; sent++) stream.write(chunk);
  await drained;
  expect(stream.readableEnded).toBe(false);
  stream.destroy();
});
