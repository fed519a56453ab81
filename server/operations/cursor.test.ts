import { createHmac, randomBytes } from "node:crypto";
import { expect, test } from "@jest/globals";
import { CursorCodec } from "./cursor.ts";

const place = { tenantId: "t", list: "l" };

test("signs with HMAC-SHA-256, whatever the key's length", () => {
  for (const length of [1, 32, 64, 65, 200]) {
    const key = randomBytes(length);
    const bytes = Buffer.from(new CursorCodec([key], "e").encodePage({ ...place, keys: ["a", null] }), "base64url");
    const expected = createHmac("sha256", key).update(bytes.subarray(12)).digest().subarray(0, 12);
    expect(bytes.subarray(0, 12).equals(expected)).toBe(true);
  }
});

test("reads what an older key signed, and nothing that no key signed", () => {
  const [older, newer] = [randomBytes(32), randomBytes(32)];
  const cursor = new CursorCodec([older], "e").encodePage({ ...place, keys: ["a", null] });
  expect(new CursorCodec([newer, older], "e").decodePage(cursor, place)).toEqual(["a", null]);
  expect(() => new CursorCodec([newer], "e").decodePage(cursor, place)).toThrow(
    expect.objectContaining({ code: "BAD_CURSOR" }),
  );
});

test("keeps lists, tenants, kinds and epochs apart", () => {
  const codec = new CursorCodec([randomBytes(32)], "e");
  const page = codec.encodePage({ ...place, keys: ["a"] });
  const event = codec.encodeEvent({ tenantId: "t", position: 7n });
  const bad = expect.objectContaining({ code: "BAD_CURSOR" });
  expect(codec.decodeEvent(event, { tenantId: "t" })).toBe(7n);
  expect(() => codec.decodePage(page, { ...place, list: "other" })).toThrow(bad);
  expect(() => codec.decodePage(page, { ...place, tenantId: "other" })).toThrow(bad);
  expect(() => codec.decodePage(event, place)).toThrow(bad);
  expect(() => codec.decodeEvent(page, { tenantId: "t" })).toThrow(bad);
  expect(() => codec.decodeEvent(event, { tenantId: "other" })).toThrow(bad);
});

test("refuses a cursor of another version", () => {
  const key = randomBytes(32);
  const payload = Buffer.from(JSON.stringify([2, "p", "t", "l", "a"]));
  const mac = createHmac("sha256", key).update(payload).digest().subarray(0, 12);
  expect(() =>
    new CursorCodec([key], "e").decodePage(Buffer.concat([mac, payload]).toString("base64url"), place),
  ).toThrow(expect.objectContaining({ code: "BAD_CURSOR", reason: "VERSION" }));
});
