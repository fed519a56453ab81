import { expect, it } from "@jest/globals";
import { isLed, readTouch } from "./touch.ts";

const same = (address: string) => address;

it("reads the campaign and click ids of an address, and nothing else", () => {
  const url =
    "https://shop.example/?utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d&utm_content=e&utm_id=f&gclid=g&x=h";
  expect(readTouch(url, "")).toEqual({
    origin: { landingPage: url, utmSource: "a", utmMedium: "b", utmCampaign: "c", utmTerm: "d", utmContent: "e" },
    clickIds: { gclid: "g" },
  });
});

it.each(["gclid", "dclid", "gbraid", "wbraid", "fbclid", "msclkid", "ttclid", "twclid", "li_fat_id"])(
  "knows the click id %s",
  (name) => {
    expect(readTouch(`https://shop.example/?${name}=1`, "").clickIds).toEqual({ [name]: "1" });
  },
);

it("cuts what is longer than a lead takes", () => {
  const { origin } = readTouch(`https://shop.example/?utm_source=${"x".repeat(3_000)}`, "");
  expect([origin.landingPage?.length, origin.utmSource?.length]).toEqual([2_000, 2_000]);
});

it("keeps no click id where addresses are shortened", () => {
  const touch = readTouch("https://shop.example/a?gclid=1&utm_source=b", "", (address) => address.split("?")[0] ?? "");
  expect(touch).toEqual({ origin: { landingPage: "https://shop.example/a", utmSource: "b" }, clickIds: {} });
});

it.each([
  ["https://shop.example/", "", false],
  ["https://shop.example/", "https://shop.example/other", false],
  ["https://shop.example/?q=1", "", false],
  ["https://shop.example/", "https://search.example/", true],
  ["https://shop.example/?utm_source=news", "https://shop.example/", true],
  ["https://shop.example/?gclid=1", "", true],
])("tells who was led to %s from %j: %s", (url, referrer, expected) => {
  expect(isLed(readTouch(url, referrer, same))).toBe(expected);
});
